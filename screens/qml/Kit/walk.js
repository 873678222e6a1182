.pragma library

// The keys on the screen are entered by Enter on their line: nobody who walks on has to pass them.
function next(at, forward) {
    const here = keys(at)
    let found = at ? at.nextItemInFocusChain(forward) : null
    while (found && found !== at && keys(found) && keys(found) !== here)
        found = found.nextItemInFocusChain(forward)
    return found
}

// What holds the keys that an item is one of, or null.
function keys(item) {
    while (item && item.keysOnScreen !== true)
        item = item.parent
    return item || null
}

function on(at, forward) {
    const found = next(at, forward)
    if (found)
        found.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason)
}
