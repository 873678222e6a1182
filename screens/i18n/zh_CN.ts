<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AnswerScreen</name>
    <message>
        <location filename="../qml/screens/AnswerScreen.qml" line="11"/>
        <source>From %1, as of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AnswerScreen.qml" line="13"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AnswerScreen.qml" line="14"/>
        <source>Printing …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AnswerScreen.qml" line="14"/>
        <source>Print</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AnswerScreen.qml" line="20"/>
        <source>Looking it up for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AnswerScreen.qml" line="32"/>
        <source>The records hold nothing about you here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssistSheet</name>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="9"/>
        <source>Make it easier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="10"/>
        <source>Kept for this visit only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="12"/>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="18"/>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="19"/>
        <source>Large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="20"/>
        <source>Largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="27"/>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="27"/>
        <source>White on black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="28"/>
        <source>Low reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="28"/>
        <source>Everything to press in the lower half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="29"/>
        <source>Slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="29"/>
        <source>More time for every step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="30"/>
        <source>No motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="30"/>
        <source>Nothing moves on the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="41"/>
        <source>Staff have been called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="41"/>
        <source>Call a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/AssistSheet.qml" line="51"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AttractScreen</name>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="14"/>
        <source>Citizen Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="32"/>
        <source>Government services,
here and now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/AttractScreen.qml" line="42"/>
        <source>Proofs, applications, payments and appointments for %1 and %n partner cities. Only your ID card is needed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="43"/>
        <source>Proofs, applications, payments and appointments. Only your ID card is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="111"/>
        <source>Touch here to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="138"/>
        <source>the card reader is out of order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="139"/>
        <source>no receipts can be printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="140"/>
        <source>no proofs can be printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="141"/>
        <source>staff check faces instead of the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="143"/>
        <source>the platform can&apos;t be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="154"/>
        <source>Everything works here right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="155"/>
        <source>Open, but today %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/AttractScreen.qml" line="155"/>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BillsScreen</name>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="9"/>
        <source>Nothing is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="9"/>
        <source>What would you like to pay?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="10"/>
        <source>There is no open amount under your name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="10"/>
        <source>Touch what you want to pay now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="12"/>
        <source>Choose an amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="12"/>
        <source>Pay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="17"/>
        <source>Asking what is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/BillsScreen.qml" line="25"/>
        <source>%1 · due %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/BillsScreen.qml" line="37"/>
        <source>%n chosen, together</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallingBanner</name>
    <message>
        <location filename="../qml/overlays/CallingBanner.qml" line="8"/>
        <source>Staff have been called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/CallingBanner.qml" line="9"/>
        <source>Someone is coming. You can go on meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/CallingBanner.qml" line="10"/>
        <source>Someone is coming. You can go on meanwhile, or ring %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardDrawing</name>
    <message>
        <location filename="../qml/Kit/CardDrawing.qml" line="11"/>
        <source>Drawing: a card is lifted off the reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/CardDrawing.qml" line="11"/>
        <source>Drawing: a card is laid flat on the reader</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DevicePart</name>
    <message>
        <location filename="../qml/Kit/DevicePart.qml" line="15"/>
        <source>Drawing: the card reader, below the screen on the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/DevicePart.qml" line="16"/>
        <source>Drawing: the receipt slot, below the screen on the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/DevicePart.qml" line="17"/>
        <source>Drawing: the paper slot at the bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/DevicePart.qml" line="18"/>
        <source>Drawing: the camera, above the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/DevicePart.qml" line="19"/>
        <source>Drawing: this terminal</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaceScreen</name>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="9"/>
        <source>It is you, thank you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="9"/>
        <source>Look at the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="10"/>
        <source>We compare your face with the photo on your card. The picture stays in this machine and is erased at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="11"/>
        <source>Let staff check instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="18"/>
        <source>Come a little closer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="19"/>
        <source>Step back a little</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="20"/>
        <source>Move into the middle of the frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="21"/>
        <source>Move a little to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="22"/>
        <source>Move a little to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="23"/>
        <source>It is too dark; turn towards the light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="24"/>
        <source>There is too much light behind you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="25"/>
        <source>Good, hold still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="26"/>
        <location filename="../qml/screens/FaceScreen.qml" line="31"/>
        <source>Look straight at the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="27"/>
        <source>Please stand alone in the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="28"/>
        <source>Blink once, please</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="29"/>
        <source>Please stand in front of the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="52"/>
        <source>Live camera picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FaceScreen.qml" line="66"/>
        <source>Try %1. Staff can check you at any time instead.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FarewellScreen</name>
    <message>
        <location filename="../qml/screens/FarewellScreen.qml" line="9"/>
        <source>Goodbye, and take care</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FarewellScreen.qml" line="10"/>
        <source>Please take your card and your paper.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FarewellScreen.qml" line="10"/>
        <source>Please take your card and your things.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FarewellScreen.qml" line="24"/>
        <source>Everything about you is erased from this screen and machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FarewellScreen.qml" line="24"/>
        <source>Erasing everything about you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FarewellScreen.qml" line="25"/>
        <source>Card data, camera picture, what you typed, your signature. What was handed in is sealed; this machine can&apos;t read it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <location filename="../qml/Kit/Field.qml" line="29"/>
        <source>%1 (if you like)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Field.qml" line="114"/>
        <source>From your card; can&apos;t be changed here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormScreen</name>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="12"/>
        <source>Page %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="13"/>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="13"/>
        <source>Go on to check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="31"/>
        <source>Please fill this in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="32"/>
        <source>Please check: this does not look complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="33"/>
        <source>This is too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="34"/>
        <source>This is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="35"/>
        <source>This is too short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="36"/>
        <source>This is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="37"/>
        <source>Please enter a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="38"/>
        <source>Please enter a date, such as 1958-03-21</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="39"/>
        <source>This date has to be in the past</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="40"/>
        <source>Please choose one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="42"/>
        <source>Please check this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/FormScreen.qml" line="63"/>
        <source>Year-month-day, such as 1958-03-21</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="11"/>
        <source>Look it up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="11"/>
        <source>See what is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="12"/>
        <source>Get the proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="12"/>
        <source>Book a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="12"/>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="13"/>
        <source>Ask staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="28"/>
        <source>the city</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="29"/>
        <source>the district</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="30"/>
        <source>the town or subdistrict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="31"/>
        <source>the village or community</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="40"/>
        <source>Can be done here, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/GuideScreen.qml" line="41"/>
        <source>about %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="47"/>
        <source>Who handles it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="49"/>
        <source>Decided by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="49"/>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="50"/>
        <source>How long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="50"/>
        <source>At once</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/GuideScreen.qml" line="50"/>
        <source>At most %n working days</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="51"/>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="51"/>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="56"/>
        <source>What you need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="73"/>
        <source>Your ID card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="73"/>
        <source>Laid on the reader; nothing to copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="74"/>
        <source>A look at the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="74"/>
        <source>Or staff check you instead. The picture is not kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="75"/>
        <source>To know where your matter belongs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="76"/>
        <source>Your signature on the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="83"/>
        <source>Read from your card, no paper needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="83"/>
        <source>Only if you have it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/GuideScreen.qml" line="86"/>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <location filename="../qml/Kit/Header.qml" line="14"/>
        <source>Citizen Window</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="14"/>
        <source>Which city does it belong to?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="15"/>
        <source>Find a service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="15"/>
        <source>Hello, what can we do for you today?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="16"/>
        <source>These can be done here for this city.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="17"/>
        <source>Type a word, or choose below. Nobody sees what you look for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="20"/>
        <source>Call staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="22"/>
        <source>Finish and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/HomeScreen.qml" line="38"/>
        <source>about %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="39"/>
        <source>%1 · printed at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="40"/>
        <source>%1 · pay by phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="47"/>
        <source>What do you need? For example: pension proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="53"/>
        <source>Most used here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="77"/>
        <source>By what happens in life</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="107"/>
        <source>For another city</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/HomeScreen.qml" line="126"/>
        <source>%n services</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="136"/>
        <source>Nothing found for these words. Try another word, or call staff: we help you find it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/HomeScreen.qml" line="141"/>
        <source>Chinese, pinyin or first letters all work, such as “shebao” or “sb”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="10"/>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="10"/>
        <source>Reading, leave the card there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="10"/>
        <source>Lay your ID card on the reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="11"/>
        <source>It takes about two seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="11"/>
        <source>Flat, photo up, below the screen on the left. Keep it there until you hear the tone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="12"/>
        <source>Read the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="13"/>
        <source>Ask staff to help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="30"/>
        <source>Card found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="30"/>
        <source>Waiting for your card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/IdentifyScreen.qml" line="31"/>
        <source>Nothing of your card is kept on this machine after your visit.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IdleSheet</name>
    <message>
        <location filename="../qml/overlays/IdleSheet.qml" line="10"/>
        <source>Are you still there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/IdleSheet.qml" line="11"/>
        <source>To protect you, this visit ends and everything is erased when the ring is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/IdleSheet.qml" line="23"/>
        <source>Seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/IdleSheet.qml" line="29"/>
        <source>I need more time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/IdleSheet.qml" line="34"/>
        <source>I&apos;m finished, leave</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Journey</name>
    <message>
        <location filename="../qml/Kit/Journey.qml" line="44"/>
        <source>Kept here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Journey.qml" line="44"/>
        <source>Sealing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Journey.qml" line="45"/>
        <source>Authority</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <location filename="../qml/Kit/Keyboard.qml" line="63"/>
        <source>Type the sound, touch the character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Keyboard.qml" line="124"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Keyboard.qml" line="140"/>
        <source>Type Chinese</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Keyboard.qml" line="140"/>
        <source>Type letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Keyboard.qml" line="149"/>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Keyboard.qml" line="158"/>
        <location filename="../qml/Kit/Keyboard.qml" line="170"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <location filename="../qml/Kit/Keypad.qml" line="19"/>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Keypad.qml" line="21"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LeaveSheet</name>
    <message>
        <location filename="../qml/overlays/LeaveSheet.qml" line="7"/>
        <source>Leave now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/LeaveSheet.qml" line="8"/>
        <source>What was handed in stays handed in. Everything else on this screen is erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/LeaveSheet.qml" line="9"/>
        <source>Nothing has been handed in yet. What you entered will be erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/LeaveSheet.qml" line="14"/>
        <source>Stay and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/LeaveSheet.qml" line="20"/>
        <source>Leave and erase</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <location filename="../qml/Kit/Options.qml" line="15"/>
        <source>%1 (if you like)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutOfServiceScreen</name>
    <message>
        <location filename="../qml/screens/OutOfServiceScreen.qml" line="9"/>
        <source>Out of service for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/OutOfServiceScreen.qml" line="22"/>
        <source>Staff: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/OutOfServiceScreen.qml" line="23"/>
        <source>For the technician: %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaymentScreen</name>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="10"/>
        <source>Paid, thank you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="10"/>
        <source>The time to pay is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="10"/>
        <source>The payment was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="10"/>
        <source>Pay with your phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="11"/>
        <source>Scan the code with WeChat, Alipay or UnionPay. The machine notices by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="11"/>
        <source>Nothing was charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="14"/>
        <source>Don&apos;t pay, end here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="36"/>
        <source>Payment code to scan with your phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="55"/>
        <source>Valid for %1:%2 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="66"/>
        <source>Waiting for your payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PaymentScreen.qml" line="67"/>
        <source>This machine never sees your account or password.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlacePicker</name>
    <message>
        <location filename="../qml/Kit/PlacePicker.qml" line="22"/>
        <source>Back to the whole list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlaceScreen</name>
    <message>
        <location filename="../qml/screens/PlaceScreen.qml" line="9"/>
        <source>Which city does it belong to?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PlaceScreen.qml" line="9"/>
        <source>Where does your matter belong?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PlaceScreen.qml" line="9"/>
        <source>Where in %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PlaceScreen.qml" line="10"/>
        <source>Usually where you are registered or insured. It decides who handles %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/PlaceScreen.qml" line="26"/>
        <source>Leave %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PrintCard</name>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="21"/>
        <source>Fetching your proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="22"/>
        <source>Your proof is being printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="22"/>
        <source>Your receipt is being printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="23"/>
        <source>Printing has paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="24"/>
        <source>Proof printed, please take it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="24"/>
        <source>Receipt printed, please take it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="25"/>
        <source>Please look whether it is complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="26"/>
        <source>The proof could not be printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="26"/>
        <source>The receipt could not be printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="28"/>
        <source>Print the proof on A4?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="28"/>
        <source>Would you like a receipt?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="32"/>
        <source>The tick appears when the printer says it is finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="34"/>
        <source>It goes on by itself; nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="35"/>
        <source>From the slot at the bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="35"/>
        <source>From the slot below the screen on the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="68"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/PrintCard.qml" line="68"/>
        <source>Print</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RatingScreen</name>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="9"/>
        <source>How was it today?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="10"/>
        <source>Only if you like. Your name does not go with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="13"/>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="18"/>
        <source>Very good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="19"/>
        <source>Good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="20"/>
        <source>All right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="21"/>
        <source>Not good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/RatingScreen.qml" line="22"/>
        <source>Bad</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultScreen</name>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="13"/>
        <source>Paid and booked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="13"/>
        <source>Your time is booked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="13"/>
        <source>Your proof is issued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="13"/>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="14"/>
        <source>We have your request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="15"/>
        <source>Sent, not yet confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="16"/>
        <source>The platform did not accept it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="17"/>
        <location filename="../qml/screens/ResultScreen.qml" line="18"/>
        <source>Nothing was handed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="20"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="24"/>
        <source>You need not come again. Follow it anywhere with the look-up code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="25"/>
        <source>The network is down at the moment. Your request is sealed and kept here, and goes out by itself as soon as it can. You need not come again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="26"/>
        <source>It left this machine, but the answer has not come back. Please don&apos;t hand it in again: we ask for it until we know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="31"/>
        <source>Done, leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="33"/>
        <source>Something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="40"/>
        <source>Look-up code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="55"/>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="57"/>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="58"/>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="61"/>
        <source>Paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="62"/>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="62"/>
        <source>%1, this moment counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="63"/>
        <source>Goes to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="65"/>
        <source>Done by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="65"/>
        <source>about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="67"/>
        <source>Case number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="68"/>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="69"/>
        <source>Kept here, waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="70"/>
        <source>Sent, waiting for confirmation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="71"/>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="71"/>
        <source>Being handled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="82"/>
        <source>Staff can help you at once, or you try again later. Nothing was charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ResultScreen.qml" line="96"/>
        <source>With the look-up code you see how it stands at any Citizen Window or on your phone. It says nothing about you.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="9"/>
        <source>Please check everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="10"/>
        <source>Nothing is handed in before you have signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="10"/>
        <source>Nothing is handed in before you press the button on the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="11"/>
        <source>All correct, sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="11"/>
        <source>Correct, pay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="11"/>
        <source>Correct, book it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="11"/>
        <source>Correct, print it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="11"/>
        <source>All correct, hand in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="24"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="25"/>
        <source>ID number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="30"/>
        <source>Appointment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="32"/>
        <source>To pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="33"/>
        <source>Goes to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="35"/>
        <source>How</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="37"/>
        <source>Done by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="37"/>
        <source>about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="43"/>
        <source>Let go to hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="43"/>
        <source>Hold to show in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/ReviewScreen.qml" line="54"/>
        <source>I have read this and agree</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <location filename="../qml/Kit/Screen.qml" line="20"/>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Scroller</name>
    <message>
        <location filename="../qml/Kit/Scroller.qml" line="74"/>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Scroller.qml" line="75"/>
        <source>Scroll up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Scroller.qml" line="86"/>
        <source>More below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Scroller.qml" line="87"/>
        <source>Scroll down</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignScreen</name>
    <message>
        <location filename="../qml/screens/SignScreen.qml" line="9"/>
        <source>Please sign with your finger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SignScreen.qml" line="10"/>
        <source>For %1. The signature goes only into this application.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SignScreen.qml" line="11"/>
        <source>Sign and hand in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SignScreen.qml" line="13"/>
        <source>Start over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SignScreen.qml" line="33"/>
        <source>Write your name here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SignScreen.qml" line="43"/>
        <source>Signature pad</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SlotsScreen</name>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="9"/>
        <source>When suits you?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="10"/>
        <source>No time is free at the moment. Please try again tomorrow or ask staff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="12"/>
        <source>Choose a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="12"/>
        <source>Book %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="17"/>
        <source>Looking for free times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="18"/>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="38"/>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/SlotsScreen.qml" line="50"/>
        <source>%n places left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../qml/screens/SlotsScreen.qml" line="50"/>
        <source>Full</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StaffScreen</name>
    <message>
        <location filename="../qml/screens/StaffScreen.qml" line="9"/>
        <source>Staff: please compare and confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/StaffScreen.qml" line="10"/>
        <source>Is the person in front of the machine the one on the card? Your PIN confirms it in your name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/StaffScreen.qml" line="11"/>
        <source>Confirm: same person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/StaffScreen.qml" line="40"/>
        <source>Photo on the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/StaffScreen.qml" line="40"/>
        <source>Now, at the machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../qml/screens/StaffScreen.qml" line="60"/>
        <source>%n digits entered</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SubmittingScreen</name>
    <message>
        <location filename="../qml/screens/SubmittingScreen.qml" line="9"/>
        <source>Safely kept, now sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SubmittingScreen.qml" line="9"/>
        <source>Sealing and keeping your request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SubmittingScreen.qml" line="10"/>
        <source>It can&apos;t be lost any more, even if the power fails now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/screens/SubmittingScreen.qml" line="17"/>
        <source>Goes to %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <location filename="../qml/Kit/Tools.qml" line="23"/>
        <source>Assist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Tools.qml" line="24"/>
        <source>Assistance: text size, contrast, low reach, call a person</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trail</name>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="13"/>
        <source>Step %1 of %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="17"/>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="18"/>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="19"/>
        <source>Your card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="20"/>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="21"/>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="22"/>
        <source>Hand in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/Kit/Trail.qml" line="23"/>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TroubleSheet</name>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="15"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="16"/>
        <source>Ask staff to help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="17"/>
        <source>Go back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="18"/>
        <source>End here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="19"/>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="32"/>
        <source>Nothing you entered is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../qml/overlays/TroubleSheet.qml" line="32"/>
        <source>For the technician: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
