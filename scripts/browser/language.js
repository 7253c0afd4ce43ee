/* What a text says, for the search: one reading for what is indexed and for what is asked, so that they meet.

   language(tables) gives { normal, units, terms }. tables:
     t2s      Traditional and Simplified characters in pairs, "輝辉開开"
     phrases  words of Taiwan and Hong Kong → the mainland's, after t2s: {"程式码": "代码"}
     names    id → every name of one thing: {"nvidia": ["英伟达", "辉达", "nvidia"]}

   A unit is the least that can be found or missed: a name, a figure, a word, or one Chinese character. Its `terms` are
   what it is indexed under, with how far each counts: a character under the pairs of characters that it is part of (so
   no cutting into words is needed), a figure under itself and its rounded forms (5576000, about 5600000, some 5000000). */
(function (root) {
  "use strict"
  const LONGEST = 4000 // characters of a text to look at
  const SCALES = { 百: 1e2, 千: 1e3, 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8, 万亿: 1e12, hundred: 1e2, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, k: 1e3, m: 1e6, mn: 1e6, b: 1e9, bn: 1e9, t: 1e12 }
  const SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(" ")
  const TENS = { thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 }
  const PARTS = { half: 2, third: 3, quarter: 4, fifth: 5, tenth: 10 }
  const HAN = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
  const HAN_UNITS = { 十: 10, 百: 100, 千: 1000 }
  // Characters and words that say nothing about what a sentence is about; they also part Chinese words.
  const EMPTY_HAN = new Set("的了着吗呢吧啊呀哦嘛么什怎样是就都也很又还在和与及或被把对从这那哪我你他她它们个之其而但并且因所以为则于即而已某如若请谁该让给有没")
  const FILLERS = "到底 究竟 真的 真是 是不是 听说 据说 都说 大家 现在 其实 居然 竟然 觉得 认为 知道 一下 有没有 为什么 怎么 怎么样 可以 可能 还是 或者 这个 那个 这么 那么 这样 因为 所以 但是 而且 就是 不是 没有 已经 今天 昨天 我们 他们 你们 别人 有人 朋友 告诉 请问 求问 吗 求证 是否 一个 一点 一些 什么 多么 非常 特别 比较 完全 直接 这种 那种 如果 然后 自己 人家 看到 看见 发现 时候 之前 之后 的话 东西 事情 各位 家人们 转发 朋友圈 群里".split(" ")
  const EMPTY = new Set("a an the of to in on at by for with from as is are was were be been being it its this that these those and or but so if then than not no do does did done can could will would shall should may might must have has had i you he she we they me my your his her our their what which who whom how why when where there here about just really very some any all also only even into out up over true real actually basically literally heard hear say says said saying tell told know knows people someone everyone anyone guys guy anything something everything nothing one thing things get gets got getting like much many more most less than now still ever never always already again lol bro dude please anyway well yeah yes ok okay i'm it's don't doesn't didn't isn't can't won't".split(" "))
  const SUFFIX = /(?:ations?|ating|ated|ates?|ions?|ings?|ers?|ed|es|s|e|ly|al)$/
  const INNER = 0.6 // what a word counts that is part of a name
  const CLAUSE = /[。！？；，、：!?;:,\n…—|]|\.(?=\s|$)/u

  const number = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`
  const han = "[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*"
  const small = [...SMALL, ...Object.keys(TENS)].join("|")
  const FIGURE = [
    String.raw`(?<share>百分之(?:${number}|${han}(?:点[零〇一二三四五六七八九]+)?)|(?:${number}|${han})分之(?:${number}|${han})|(?<![\d/.])1/\d+(?![\d/])|(?:${number}|[一二两三四五六七八九])成(?![为立本功都员果就了人])|(?<![a-z])(?:an?|one|half an?|two|three)[ -](?:${Object.keys(PARTS).join("|")})s?(?![a-z]))`,
    String.raw`(?<arabic>(?<![a-z\d.])${number})(?<more>\s?[多余几])?(?:\s?(?<percent>%|percent\b|per cent\b|个百分点)|\s?(?<cjk>万亿|千万|百万|[百千万亿])(?<over>[多余])?|[ -]?(?<latin>hundred|thousand|million|billion|trillion|bn|mn|[kmbt])(?![a-z\d])|(?![a-z]|\.\d))`,
    String.raw`(?<numeral>(?:${han}[多余几]?(?:万亿|[万亿])(?:${han}万)?(?:${han})?|[一二两三四五六七八九]?[百千十][零〇一二三四五六七八九十百]*[一二三四五六七八九十百]|[一二两三四五六七八九][百千]|[二三四五六七八九]十[一二三四五六七八九]?)(?<rest>[多余])?)`,
    String.raw`(?<words>(?<![a-z])(?:(?:${small}|an?|half a)[ -])(?:(?:${small}|hundred|and)[ -])*(?:hundred|thousand|million|billion|trillion)(?![a-z]))`,
  ].join("|")
  const WORD = String.raw`(?<word>[\p{L}\p{N}](?<!\p{sc=Han})(?:[\p{L}\p{M}\p{N}'’](?<!\p{sc=Han}))*)|(?<filler>(?<!第)(?:${longestFirst(FILLERS).join("|")}))|(?<char>\p{sc=Han})|(?<stop>${CLAUSE.source})`

  function escaped(text) { return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&") }

  function longestFirst(list) { return [...list].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)) }

  /** The value of a Chinese numeral below 10^16, 五百五十八万 → 5580000; 多, 余 and 几 are passed over. */
  function chinese(text) {
    let total = 0, group = 0, digit = 0
    for (const char of text.replace(/万亿/g, "兆")) {
      if (char in HAN) digit = HAN[char]
      else if (char in HAN_UNITS) { group += (digit || 1) * HAN_UNITS[char]; digit = 0 }
      else if ("万亿兆".includes(char)) { total = (total + group + digit) * { 万: 1e4, 亿: 1e8, 兆: 1e12 }[char]; group = digit = 0 }
    }
    return total + group + digit
  }

  /** The value of English number words: half a million → 500000. */
  function english(text) {
    let total = 0, group = 0, half = 1
    for (const word of text.split(/[ -]/)) {
      if (word === "half") half = 0.5
      else if (word === "a" || word === "an") group = 1
      else if (SMALL.includes(word)) group += SMALL.indexOf(word)
      else if (word in TENS) group += TENS[word]
      else if (word === "hundred") group = (group || 1) * 100
      else if (word in SCALES) { total += (group || 1) * SCALES[word]; group = 0 }
    }
    return half * (total + group)
  }

  function plain(text) { return /\d/.test(text) ? Number(text.replace(/,/g, "")) : chinese(text) }

  function share(text) {
    let match
    if ((match = /^百分之(.+)$/.exec(text))) {
      const [whole, part] = match[1].split("点")
      return (plain(whole) + (part ? Number("0." + [...part].map(char => HAN[char]).join("")) : 0)) / 100
    }
    if ((match = /^(.+)分之(.+)$/.exec(text))) return plain(match[2]) / plain(match[1])
    if ((match = /^1\/(\d+)$/.exec(text))) return 1 / Number(match[1])
    if ((match = /^(.+)成$/.exec(text))) return plain(match[1]) / 10
    const words = text.split(/[ -]/)
    return ({ two: 2, three: 3 }[words[0]] || 1) / PARTS[words[words.length - 1].replace(/s$/, "")]
  }

  function round(value, digits) { return Number(value.toPrecision(digits)) }

  /** What a figure is indexed under. A year or a small count has no rounded forms, a vague amount no exact one. */
  function figure(value, vague, scaled) {
    if (!Number.isFinite(value) || value < 0) return []
    const exact = "#" + round(value, 3)
    if (!scaled && Number.isInteger(value)) return value > 10 ? [["#" + value, 1]] : []
    const power = value ? 10 ** Math.floor(Math.log10(value) + 1e-9) : 1
    const some = "~" + round(Math.floor(value / power + 1e-9) * power, 1)
    return vague ? [[some, 1]] : [[exact, 1], ["≈" + round(value, 2), 0.9], [some, 0.5]]
  }

  function read(groups) {
    if (groups.share) return figure(share(groups.share), false, true)
    if (groups.words) return figure(english(groups.words), false, true)
    if (groups.numeral) return figure(chinese(groups.numeral), /[多余几]/.test(groups.numeral), chinese(groups.numeral) >= 100)
    const scale = SCALES[groups.cjk || groups.latin] || (groups.percent ? 0.01 : 1)
    return figure(plain(groups.arabic) * scale, Boolean(groups.more || groups.over), scale !== 1 || groups.arabic.includes(".") || plain(groups.arabic) > 9999)
  }

  /** An English word without its ending, so that hallucinates and hallucination meet. */
  function stem(word) {
    const bare = word.replace(/['’]s?$/, "")
    if (!/^[a-z]{5,}$/.test(bare)) return bare
    const once = bare.replace(SUFFIX, ""), twice = once.replace(SUFFIX, ""), cut = twice.length < 4 ? once : twice // surrendered, surrender
    return cut.length < 3 ? bare : cut.replace(/i$/, "y").replace(/([^aeiouls])\1$/, "$1")
  }

  function language(tables) {
    const pairs = Array.from(tables.t2s), simple = new Map()
    for (let at = 0; at < pairs.length; at += 2) simple.set(pairs[at], pairs[at + 1])
    const phrases = tables.phrases, phrase = Object.keys(phrases).length ? new RegExp(longestFirst(Object.keys(phrases)).map(escaped).join("|"), "g") : null

    /** The text in one spelling: half-width, lower case, Simplified, the mainland's words. */
    function normal(text) {
      let plain = String(text).slice(0, LONGEST).replace(/\p{Cs}/gu, " ").normalize("NFKC").toLowerCase().replace(/[\u200b-\u200f\u2060\ufeff]/g, "").replace(/[^\P{C}\n]/gu, " ")
      plain = Array.from(plain, char => simple.get(char) || char).join("")
      return phrase ? plain.replace(phrase, said => phrases[said]) : plain
    }

    const ids = new Map()
    for (const [id, variants] of Object.entries(tables.names)) for (const variant of variants) ids.set(normal(variant), "@" + id)
    const named = longestFirst(ids.keys()).map(name => (/^[\w]/.test(name) ? "(?<![a-z\\d])" : "") + escaped(name).replace(/(?: |\\-)+/g, "[ -]?") + (/[a-z\d]$/.test(name) ? "(?![a-z](?!\\d)|\\d)" : "")) // DeepSeekV3 names DeepSeek
    const bare = new RegExp(FIGURE + "|" + WORD, "uy"), every = named.length ? new RegExp(`(?<name>${named.join("|")})|${bare.source}`, "uy") : bare
    const openers = new Set([...ids.keys(), ...FILLERS, ...Object.keys(HAN), ...Object.keys(HAN_UNITS), ...Object.keys(SCALES)].map(word => word[0]))

    const latin = new Set([...SMALL, ...Object.keys(TENS), "a", "an", "half", ...[...ids.keys()].flatMap(name => [name, name.replace(/[ -]/g, "")].map(said => (/^[a-z]+/.exec(said) || [""])[0]))])
    const run = /[a-z]+(?![\p{L}\p{M}\p{N}'’])/uy

    /** Every piece of a text that the pattern matches, from left to right. Most characters and words can open none but
     *  themselves: they are told at once, which makes reading several times as fast. */
    function* matches(text, pattern) {
      for (let at = 0; at < text.length; ) {
        const char = text[at], plain = char >= "\u4e00" && char <= "\u9fff" && !openers.has(char)
        run.lastIndex = pattern.lastIndex = at
        const word = char >= "a" && char <= "z" ? run.exec(text) : null
        const match = plain ? { groups: { char }, index: at, 0: char } : word && !latin.has(word[0]) ? { groups: { word: word[0] }, index: at, 0: word[0] } : pattern.exec(text)
        if (match) yield match
        at += match ? match[0].length : 1
      }
    }

    const spaced = new Map([...ids].map(([name, id]) => [name.replace(/[ -]/g, ""), id]))
    const stemmed = new Map([...ids].filter(([name]) => /^[a-z]+$/.test(name)).map(([name, id]) => [stem(name), id]))

    /** The units of a normal text: { terms: [[term, credit]], size, at, end, clause }. */
    function units(text, pattern = every) {
      const found = []
      let clause = 0, run = []
      const close = () => { found.push(...characters(run)); run = [] }
      for (const match of matches(text, pattern)) {
        const groups = match.groups, at = match.index, end = at + match[0].length, unit = { at, end, clause }
        if (groups.char) {
          if (run.length && (run[run.length - 1].end !== at || EMPTY_HAN.has(groups.char))) close()
          if (!EMPTY_HAN.has(groups.char)) run.push({ ...unit, char: groups.char })
          continue
        }
        close()
        if (groups.filler) continue
        if (groups.stop) clause++
        else if (groups.name) found.push({ ...unit, size: 2, terms: name(groups.name) })
        else if (groups.word) { if (!EMPTY.has(groups.word)) found.push({ ...unit, size: 2, terms: word(stem(groups.word)) }) }
        else { const terms = read(groups); if (terms.length) found.push({ ...unit, size: 2, terms }) }
      }
      close()
      return found
    }

    /** What a word is indexed under: itself or, if it is a form of a name of one word, the thing named and itself. */
    function word(bare) { return stemmed.has(bare) ? [[stemmed.get(bare), 1], [bare, INNER]] : [[bare, 1]] }

    /** What a name is indexed under: the thing that it names, and the words that it is made of. */
    function name(said) {
      const words = units(said, bare).filter(unit => !unit.alone).flatMap(unit => unit.terms.map(([term, credit]) => [term, credit * INNER]))
      return [[spaced.get(said.replace(/[ -]/g, "")), 1], ...words.filter(([term], at) => words.findIndex(([other]) => other === term) === at)]
    }

    /** The characters of an unbroken run as units. A character alone is found at the start of a pair. */
    function characters(run) {
      if (run.length === 1) return [{ ...run[0], size: 1, alone: true, terms: [[run[0].char, 1]] }]
      return run.map((unit, index) => ({
        ...unit, size: 1,
        terms: [index ? run[index - 1].char + unit.char : null, index + 1 < run.length ? unit.char + run[index + 1].char : null].filter(Boolean).map(pair => [pair, 1]),
      }))
    }

    /** Every term that a text is indexed under, as often as it is said. */
    function terms(text) {
      const said = []
      let last = null
      for (const unit of units(normal(text))) for (const [term] of unit.terms) {
        if (unit.alone || unit.char && term === last) continue // a pair belongs to both of its characters
        said.push(term)
        last = unit.char ? term : null
      }
      return said
    }

    const sounds = new Map()
    for (const [sound, chars] of Object.entries(tables.sounds)) for (const char of chars) sounds.set(char, sound)

    /** How a pair of characters sounds, to find a word that was typed by its sound; null when that is not known. */
    function sound(pair) {
      const said = Array.from(pair, char => sounds.get(char))
      return said.length === 2 && said[0] && said[1] ? said.join(" ") : null
    }

    return { normal, units, terms, sound }
  }

  root.language = language
})(globalThis)
