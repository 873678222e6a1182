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

// What is reached may go at once, as buttons to scroll with do when the keys on the screen close: on to the next.
function on(at, forward) {
    let found = next(at, forward)
    for (let tries = 0; found && found !== at && tries < 9; ++tries) {
        found.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason)
        if (found.activeFocus)
            return
        found = next(found, forward)
    }
}
