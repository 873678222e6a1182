import QtQuick

// What is said beside a form's field: how to fill it in, what is wrong, and what to do about it.
QtObject {
    function help(field) {
        if (field.help !== "" || field.locked)
            return field.help
        switch (field.widget) {
        case "amount":
            return field.least !== "" && field.most !== "" ? qsTr("From %1 to %2").arg(field.least).arg(field.most)
                : field.most !== "" ? qsTr("At most %1").arg(field.most)
                : field.least !== "" ? qsTr("At least %1").arg(field.least) : ""
        case "id_number": return qsTr("18 characters, as on the card")
        case "company_code": return qsTr("18 characters, on the business licence")
        case "bank_card": return qsTr("16 to 19 digits, on the front of the card")
        }
        return ""
    }

    function error(field, code, text) {
        switch (code) {
        case undefined: case "": return ""
        case "required": return missing(field.widget)
        case "pattern": case "minLength": return incomplete(field, text)
        case "citizen-number": return qsTr("One of these characters is wrong: the last one does not fit. Please compare with the card.")
        case "company-code": return text.length < 18 ? incomplete(field, text)
            : qsTr("One of these characters is wrong: the last one does not fit. Please compare with the business licence.")
        case "minimum": return qsTr("Too small: please enter at least %1").arg(field.least)
        case "maximum": return qsTr("Too large: please enter at most %1").arg(field.most)
        case "exclusiveMinimum": return qsTr("This is too small")
        case "exclusiveMaximum": return qsTr("This is too large")
        case "maxLength": return qsTr("Too long: please use at most %1 characters").arg(field.maxLength)
        case "number": case "type": return qsTr("Please enter a number")
        case "date": case "format": return qsTr("There is no such day. Please enter year, month and day, such as 1958-03-21")
        case "year-month": return qsTr("There is no such month. Please enter year and month, such as 2026-12")
        case "formatMinimum": return qsTr("Too early: please choose %1 or later").arg(field.least)
        case "formatMaximum": return qsTr("Too late: please choose %1 or earlier").arg(field.most)
        case "date_past": return qsTr("That is still to come: please choose an earlier one")
        case "date_future": return qsTr("That is over: please choose a later one")
        case "address_region": return qsTr("Please choose the place first, down to the town")
        case "address_line": return qsTr("Please type street and number as well")
        case "enum": case "const": return qsTr("Please choose one")
        }
        return qsTr("Please check this")
    }

    function missing(widget) {
        switch (widget) {
        case "choice": case "division": return qsTr("Please choose one")
        case "date": case "month": return qsTr("Please touch here and choose a date")
        case "address": return qsTr("Please choose the place, then type street and number")
        case "toggle": return qsTr("Please tick this to go on")
        }
        return qsTr("Please fill this in")
    }

    function incomplete(field, text) {
        const there = text.length
        switch (field.widget) {
        case "phone": return there !== 11 ? qsTr("A mobile number has 11 digits, here are %1").arg(there)
            : qsTr("A mobile number begins with 13 to 19: please check the first digits")
        case "id_number": case "company_code":
            return there !== 18 ? qsTr("It has 18 characters, here are %1").arg(there)
                : qsTr("Please check: this does not look complete")
        case "bank_card": return qsTr("It has 16 to 19 digits, here are %1").arg(there)
        }
        return qsTr("Please check: this does not look complete")
    }
}
