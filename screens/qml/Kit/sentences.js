.pragma library

// One after the other as their language writes them: Chinese ends with its own stop, and leaves no gap.
function joined(parts, language) {
    const chinese = language.startsWith("zh")
    const gap = chinese ? "" : " "
    const said = parts.filter(part => part !== "")
    const last = said.length - 1
    return said.map((part, at) => at === last ? part
        : part + (/[.!?。！？]$/.test(part) ? "" : chinese ? "。" : ".") + gap).join("")
}
