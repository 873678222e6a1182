<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AttractScreen</name>
    <message numerus="yes">
        <source>Proofs, applications, payments and appointments for %1 and %n partner cities. Only your ID card is needed.</source>
        <translation>
            <numerusform>Proofs, applications, payments and appointments for %1 and %n partner city. Only your ID card is needed.</numerusform>
            <numerusform>Proofs, applications, payments and appointments for %1 and %n partner cities. Only your ID card is needed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BillsScreen</name>
    <message numerus="yes">
        <source>%n chosen, together</source>
        <translation>
            <numerusform>%n chosen, together</numerusform>
            <numerusform>%n chosen, together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message numerus="yes">
        <source>%n services</source>
        <translation>
            <numerusform>%n service</numerusform>
            <numerusform>%n services</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message numerus="yes">
        <source>At most %n days, weekends included</source>
        <translation>
            <numerusform>At most %n day, weekends included</numerusform>
            <numerusform>At most %n days, weekends included</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>about %n min</numerusform>
            <numerusform>about %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n working days</source>
        <translation>
            <numerusform>At most %n working day</numerusform>
            <numerusform>At most %n working days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeFront</name>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>about %n min</numerusform>
            <numerusform>about %n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message numerus="yes">
        <source>%n services found</source>
        <translation>
            <numerusform>%n service found</numerusform>
            <numerusform>%n services found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MaterialsScreen</name>
    <message numerus="yes">
        <source>At most %n pages, one after the other.</source>
        <translation>
            <numerusform>At most %n page.</numerusform>
            <numerusform>At most %n pages, one after the other.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PoliciesScreen</name>
    <message numerus="yes">
        <source>%n fits. As published on %1.</source>
        <translation>
            <numerusform>%n fits. As published on %1.</numerusform>
            <numerusform>%n fit. As published on %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fits, %1 may fit. As published on %2.</source>
        <translation>
            <numerusform>%n fits, %1 may fit. As published on %2.</numerusform>
            <numerusform>%n fit, %1 may fit. As published on %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n day left)</source>
        <translation>
            <numerusform>%1 (%n day left)</numerusform>
            <numerusform>%1 (%n days left)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n does not fit: show it</source>
        <translation>
            <numerusform>%n does not fit: show it</numerusform>
            <numerusform>%n do not fit: show them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message numerus="yes">
        <source>%n pages taken</source>
        <translation>
            <numerusform>%n page taken</numerusform>
            <numerusform>%n pages taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SlotsScreen</name>
    <message numerus="yes">
        <source>%1. Free times on %n days.</source>
        <translation>
            <numerusform>%1. Free times on %n day.</numerusform>
            <numerusform>%1. Free times on %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n places left</source>
        <translation>
            <numerusform>%n place left</numerusform>
            <numerusform>%n places left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffScreen</name>
    <message numerus="yes">
        <source>%n digits entered</source>
        <translation>
            <numerusform>%n digit entered</numerusform>
            <numerusform>%n digits entered</numerusform>
        </translation>
    </message>
</context>
</TS>
