<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AddressField</name>
    <message>
        <source>%1 (if you like)</source>
        <translation>%1（可不填）</translation>
    </message>
    <message>
        <source>%1, change it</source>
        <translation>%1，改一下</translation>
    </message>
    <message>
        <source>Not listed: type the rest</source>
        <translation>没有列出，直接输入</translation>
    </message>
    <message>
        <source>Street, number, building, flat</source>
        <translation>路名、门牌、楼栋、房号</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>就选 %1</translation>
    </message>
    <message>
        <source>Leave empty</source>
        <translation>不填</translation>
    </message>
</context>
<context>
    <name>AllOffers</name>
    <message>
        <source>Page up</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>下一页</translation>
    </message>
</context>
<context>
    <name>AnswerScreen</name>
    <message>
        <source>From %1, as of %2.</source>
        <translation>来源：%1，截至 %2。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Looking it up for you</source>
        <translation>正在为您查询</translation>
    </message>
    <message>
        <source>Nothing about you was found here.</source>
        <translation>这里没有查到您的记录。</translation>
    </message>
</context>
<context>
    <name>AssistSheet</name>
    <message>
        <source>Make it easier</source>
        <translation>让操作更轻松</translation>
    </message>
    <message>
        <source>Kept for this visit only.</source>
        <translation>只在这一次办事中有效。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大字</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>特大</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比</translation>
    </message>
    <message>
        <source>White on black</source>
        <translation>黑底白字</translation>
    </message>
    <message>
        <source>Low reach</source>
        <translation>低位操作</translation>
    </message>
    <message>
        <source>Everything to press as low as you need</source>
        <translation>要按的都放低，够得着</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>慢一点</translation>
    </message>
    <message>
        <source>More time for every step</source>
        <translation>每一步都多给时间</translation>
    </message>
    <message>
        <source>Voice guidance</source>
        <translation>语音引导</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Black on white</source>
        <translation>白底黑字</translation>
    </message>
    <message>
        <source>Hands, ears and pace</source>
        <translation>手、耳和节奏</translation>
    </message>
    <message>
        <source>Reads the screen to you</source>
        <translation>把屏幕上的字读给您听</translation>
    </message>
    <message>
        <source>No sound here at present</source>
        <translation>这台机器现在没有声音</translation>
    </message>
    <message>
        <source>No motion</source>
        <translation>不要动画</translation>
    </message>
    <message>
        <source>Nothing moves on the screen</source>
        <translation>屏幕上什么都不动</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Keys: F1 reads the page, F2 repeats, F3 silence, F4 and F5 speed, F6 pause, F7 skip, F8 and F9 volume</source>
        <translation>按键：F1 朗读整页，F2 再听一遍，F3 静音，F4、F5 语速，F6 暂停，F7 跳过，F8、F9 音量</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Softer</source>
        <translation>小声一点</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>大声一点</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>语速</translation>
    </message>
    <message>
        <source>Speak slower</source>
        <translation>说慢一点</translation>
    </message>
    <message>
        <source>Speak faster</source>
        <translation>说快一点</translation>
    </message>
    <message>
        <source>Nobody needs to come any more</source>
        <translation>不用来人了</translation>
    </message>
    <message>
        <source>Voice, low reach, pace, motion</source>
        <translation>语音、低位操作、放慢、动画</translation>
    </message>
    <message>
        <source>Text size and contrast</source>
        <translation>字号和对比度</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
</context>
<context>
    <name>AttractScreen</name>
    <message>
        <source>Hello! Touch here to begin</source>
        <translation>您好！轻触这里开始</translation>
    </message>
    <message>
        <source>Citizen Window</source>
        <translation>市民之窗</translation>
    </message>
    <message>
        <source>Government services,
here and now.</source>
        <translation>政务服务，
就在这里办。</translation>
    </message>
    <message numerus="yes">
        <source>Proofs, applications, payments and appointments for %1 and %n partner cities. Only your ID card is needed.</source>
        <translation>
            <numerusform>%1和 %n 个合作城市的证明、申请、缴费、预约，带身份证就能办。</numerusform>
        </translation>
    </message>
    <message>
        <source>Proofs, applications, payments and appointments. Only your ID card is needed.</source>
        <translation>证明、申请、缴费、预约，带身份证就能办。</translation>
    </message>
    <message>
        <source>Touch here to begin</source>
        <translation>轻触这里，开始办事</translation>
    </message>
    <message>
        <source>the card reader is out of order</source>
        <translation>读卡器暂时不能用</translation>
    </message>
    <message>
        <source>no receipts can be printed</source>
        <translation>不能打印凭条</translation>
    </message>
    <message>
        <source>no proofs can be printed</source>
        <translation>不能打印证明</translation>
    </message>
    <message>
        <source>staff check faces instead of the camera</source>
        <translation>人脸由工作人员核对</translation>
    </message>
    <message>
        <source>the platform can&apos;t be reached</source>
        <translation>连不上政务平台</translation>
    </message>
    <message>
        <source>%1 (since %2)</source>
        <translation>%1（%2 起）</translation>
    </message>
    <message>
        <source>Everything works here right now</source>
        <translation>本机现在一切正常</translation>
    </message>
    <message>
        <source>Open, but today %1</source>
        <translation>可以办事，但今天%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>BillsScreen</name>
    <message>
        <source>Nothing is due</source>
        <translation>没有应缴的费用</translation>
    </message>
    <message>
        <source>What would you like to pay?</source>
        <translation>您想缴哪一笔？</translation>
    </message>
    <message>
        <source>There is no open amount under your name.</source>
        <translation>您名下没有待缴的金额。</translation>
    </message>
    <message>
        <source>Touch what you want to pay now.</source>
        <translation>点一下现在要缴的。</translation>
    </message>
    <message>
        <source>Touch what you want to pay now. Where there are several sums for one thing, one of them is paid.</source>
        <translation>点一下现在要缴的。同一项有几档金额的，选一档。</translation>
    </message>
    <message>
        <source>Choose an amount</source>
        <translation>请选择金额</translation>
    </message>
    <message>
        <source>Pay %1</source>
        <translation>缴费 %1</translation>
    </message>
    <message>
        <source>To be paid by %1</source>
        <translation>%1前缴清</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>You check it once more</source>
        <translation>再核对一遍</translation>
    </message>
    <message>
        <source>You scan a code and pay with your phone</source>
        <translation>用手机扫码缴费</translation>
    </message>
    <message>
        <source>You get a receipt here</source>
        <translation>在这里拿回执</translation>
    </message>
    <message>
        <source>Asking what is due</source>
        <translation>正在查询应缴金额</translation>
    </message>
    <message>
        <source>Asked just now at %1</source>
        <translation>刚刚向%1查询过</translation>
    </message>
    <message>
        <source>%1 · due %2</source>
        <translation>%1 · 截止 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen, together</source>
        <translation>
            <numerusform>已选 %n 笔，合计</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CardDrawing</name>
    <message>
        <source>Drawing: a card is lifted off the reader</source>
        <translation>图：把证件从读卡区拿起</translation>
    </message>
    <message>
        <source>Drawing: a card is laid flat on the reader</source>
        <translation>图：把证件平放在读卡区</translation>
    </message>
</context>
<context>
    <name>CaseScreen</name>
    <message>
        <source>Granted</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Not granted</source>
        <translation>没有批准</translation>
    </message>
    <message>
        <source>You have handed in at this terminal what was missing. It has not arrived yet and goes out by itself; please don&apos;t hand it in again.</source>
        <translation>缺的材料您已经在本机补交，还没有送达，能送时自动送出，请不要重复补交。</translation>
    </message>
    <message>
        <source>You have withdrawn it at this terminal. That is not confirmed yet.</source>
        <translation>您已经在本机撤回，还没有得到确认。</translation>
    </message>
    <message>
        <source>Please hand in what is missing by %1.</source>
        <translation>最晚%1，请把缺的补上。</translation>
    </message>
    <message>
        <source>Please be there on time, with your ID card.</source>
        <translation>请带身份证按时到。</translation>
    </message>
    <message>
        <source>Please ask the authority for the reason, and what you can do.</source>
        <translation>请向办理单位问明原因，以及还能怎么办。</translation>
    </message>
    <message>
        <source>Hand in what is missing</source>
        <translation>补交缺的材料</translation>
    </message>
    <message>
        <source>Cancel the appointment</source>
        <translation>取消预约</translation>
    </message>
    <message>
        <source>Withdraw the case</source>
        <translation>撤回办件</translation>
    </message>
    <message>
        <source>This can&apos;t be handed in here</source>
        <translation>在这里补交不了</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>还缺什么</translation>
    </message>
    <message>
        <source>laid under the camera of the terminal</source>
        <translation>放在本机拍摄台上拍</translation>
    </message>
    <message>
        <source>filled in on the screen</source>
        <translation>在屏幕上填</translation>
    </message>
    <message>
        <source>The authority writes: %1</source>
        <translation>办理单位说明：%1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚办好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>预计%1</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>办理单位</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到时间</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Look-up code</source>
        <translation>查询码</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>办件编号</translation>
    </message>
    <message>
        <source>What happened so far</source>
        <translation>办理经过</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>My cases</source>
        <translation>我的办件</translation>
    </message>
    <message>
        <source>There is nothing under your name</source>
        <translation>您名下没有办件</translation>
    </message>
    <message>
        <source>The platform knows of no case of yours.</source>
        <translation>政务平台上没有查到您的办件。</translation>
    </message>
    <message>
        <source>Newest first. Touch one to see how far it is.</source>
        <translation>最近的在最上面，点一件看办到哪了。</translation>
    </message>
    <message>
        <source>Asking the platform for your cases</source>
        <translation>正在向政务平台查您的办件</translation>
    </message>
    <message>
        <source>%1 · handed in %2</source>
        <translation>%1 · %2提交</translation>
    </message>
    <message>
        <source>Asking for older ones …</source>
        <translation>正在查更早的…</translation>
    </message>
    <message>
        <source>Show older ones</source>
        <translation>看更早的</translation>
    </message>
    <message>
        <source>What a terminal has taken and could not send yet is not in this list: with its slip&apos;s look-up code you see it under “Where is my case?”.</source>
        <translation>终端收下、还没送出去的，不在这里：请用凭条上的查询码查。</translation>
    </message>
    <message>
        <source>done by about %1</source>
        <translation>预计%1前办好</translation>
    </message>
    <message>
        <source>done by %1</source>
        <translation>%1前办好</translation>
    </message>
</context>
<context>
    <name>DateWheel</name>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>%1 back to %2</source>
        <translation>%1：退到%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Up and down turn it, left and right go to the next column</source>
        <translation>上下键改，左右键换一栏</translation>
    </message>
    <message>
        <source>%1 on to %2</source>
        <translation>%1：进到%2</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Type digits</source>
        <translation>按数字输入</translation>
    </message>
    <message>
        <source>Leave empty</source>
        <translation>不填</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>就选 %1</translation>
    </message>
</context>
<context>
    <name>DevicePart</name>
    <message>
        <source>Drawing: the card reader, below the screen on the left</source>
        <translation>图：读卡器，在屏幕左下方</translation>
    </message>
    <message>
        <source>Drawing: the receipt slot, below the screen on the right</source>
        <translation>图：凭条出口，在屏幕右下方</translation>
    </message>
    <message>
        <source>Drawing: the paper slot at the bottom</source>
        <translation>图：最下方的出纸口</translation>
    </message>
    <message>
        <source>Drawing: the camera, above the screen</source>
        <translation>图：屏幕上方的摄像头</translation>
    </message>
    <message>
        <source>Drawing: the document camera, beside the screen</source>
        <translation>图：屏幕旁边的材料摄像头</translation>
    </message>
    <message>
        <source>Drawing: this terminal</source>
        <translation>图：这台机器</translation>
    </message>
</context>
<context>
    <name>FaceScreen</name>
    <message>
        <source>It is you, thank you</source>
        <translation>是您本人，谢谢</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>请看摄像头</translation>
    </message>
    <message>
        <source>We compare your face with the photo on your card. The picture stays in this machine and is erased at once.</source>
        <translation>我们把您的脸和证件照片比对。画面只在本机，用完立刻删除。</translation>
    </message>
    <message>
        <source>Let staff check instead</source>
        <translation>请工作人员核对</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>请靠近一点</translation>
    </message>
    <message>
        <source>It is too dark; turn towards the light</source>
        <translation>太暗了，请朝亮的地方</translation>
    </message>
    <message>
        <source>Good, hold still</source>
        <translation>很好，请保持不动</translation>
    </message>
    <message>
        <source>Look straight at the camera</source>
        <translation>请正视摄像头</translation>
    </message>
    <message>
        <source>Please stand alone in the picture</source>
        <translation>画面里请只留您一个人</translation>
    </message>
    <message>
        <source>Please stand in front of the camera</source>
        <translation>请站到摄像头前</translation>
    </message>
    <message>
        <source>Comparing, a moment please</source>
        <translation>正在比对，请稍等</translation>
    </message>
    <message>
        <source>Live camera picture</source>
        <translation>摄像头实时画面</translation>
    </message>
    <message>
        <source>Try %1. Staff can check you at any time instead.</source>
        <translation>第 %1 次。您随时可以请工作人员核对。</translation>
    </message>
</context>
<context>
    <name>FarewellScreen</name>
    <message>
        <source>It is still in the reader, where the light flashes.</source>
        <translation>卡还在读卡口，灯在闪的地方。</translation>
    </message>
    <message>
        <source>Please take your card</source>
        <translation>请取走您的卡</translation>
    </message>
    <message>
        <source>Goodbye, and take care</source>
        <translation>再见，请慢走</translation>
    </message>
    <message>
        <source>Please take your card and your paper.</source>
        <translation>请拿好证件和打印的纸张。</translation>
    </message>
    <message>
        <source>Please take your card and your things.</source>
        <translation>请拿好证件和随身物品。</translation>
    </message>
    <message>
        <source>Everything about you is erased from this screen and machine</source>
        <translation>本机和屏幕上您的信息已全部清除</translation>
    </message>
    <message>
        <source>Erasing everything about you</source>
        <translation>正在清除您的全部信息</translation>
    </message>
    <message>
        <source>Card data, camera picture, what you typed, your signature. What was handed in is sealed; this machine can&apos;t read it.</source>
        <translation>证件信息、摄像头画面、您填的内容和签名。已提交的内容是加密的，本机读不了。</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>%1 (if you like)</source>
        <translation>%1（可不填）</translation>
    </message>
    <message>
        <source>From your card; can&apos;t be changed here</source>
        <translation>来自您的证件，这里不能改</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>From %1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>最少 %1</translation>
    </message>
    <message>
        <source>18 characters, as on the card</source>
        <translation>共 18 位，照身份证填</translation>
    </message>
    <message>
        <source>18 characters, on the business licence</source>
        <translation>共 18 位，在营业执照上</translation>
    </message>
    <message>
        <source>16 to 19 digits, on the front of the card</source>
        <translation>16 到 19 位数字，在卡的正面</translation>
    </message>
    <message>
        <source>One of these characters is wrong: the last one does not fit. Please compare with the card.</source>
        <translation>有一位填错了：最后一位和前面对不上，请对照身份证看一遍</translation>
    </message>
    <message>
        <source>One of these characters is wrong: the last one does not fit. Please compare with the business licence.</source>
        <translation>有一位填错了：最后一位和前面对不上，请对照营业执照看一遍</translation>
    </message>
    <message>
        <source>Too small: please enter at least %1</source>
        <translation>太小了，请填不少于 %1</translation>
    </message>
    <message>
        <source>Too large: please enter at most %1</source>
        <translation>太大了，请填不超过 %1</translation>
    </message>
    <message>
        <source>This is too small</source>
        <translation>太小了</translation>
    </message>
    <message>
        <source>This is too large</source>
        <translation>太大了</translation>
    </message>
    <message>
        <source>Too long: please use at most %1 characters</source>
        <translation>太长了，最多 %1 个字</translation>
    </message>
    <message>
        <source>Please enter a number</source>
        <translation>请填数字</translation>
    </message>
    <message>
        <source>There is no such day. Please enter year, month and day, such as 1958-03-21</source>
        <translation>没有这一天，请按年-月-日填，例如 1958-03-21</translation>
    </message>
    <message>
        <source>There is no such month. Please enter year and month, such as 2026-12</source>
        <translation>没有这个月，请按年-月填，例如 2026-12</translation>
    </message>
    <message>
        <source>Too early: please choose %1 or later</source>
        <translation>太早了，请选 %1 或以后</translation>
    </message>
    <message>
        <source>Too late: please choose %1 or earlier</source>
        <translation>太晚了，请选 %1 或以前</translation>
    </message>
    <message>
        <source>That is still to come: please choose an earlier one</source>
        <translation>还没到这个日子，请选早一些的</translation>
    </message>
    <message>
        <source>That is over: please choose a later one</source>
        <translation>这个日子已经过了，请选晚一些的</translation>
    </message>
    <message>
        <source>Please choose the place first, down to the town</source>
        <translation>请先选地方，选到镇街</translation>
    </message>
    <message>
        <source>Please type street and number as well</source>
        <translation>还要填路名和门牌</translation>
    </message>
    <message>
        <source>Please choose one</source>
        <translation>请选一项</translation>
    </message>
    <message>
        <source>Please check this</source>
        <translation>请再看看这一项</translation>
    </message>
    <message>
        <source>Please touch here and choose a date</source>
        <translation>请点这里选日期</translation>
    </message>
    <message>
        <source>Please choose the place, then type street and number</source>
        <translation>请先选地方，再填路名和门牌</translation>
    </message>
    <message>
        <source>Please tick this to go on</source>
        <translation>请勾选这一项再继续</translation>
    </message>
    <message>
        <source>Please fill this in</source>
        <translation>请填写这一项</translation>
    </message>
    <message>
        <source>A mobile number has 11 digits, here are %1</source>
        <translation>手机号码是 11 位，现在填了 %1 位</translation>
    </message>
    <message>
        <source>A mobile number begins with 13 to 19: please check the first digits</source>
        <translation>手机号码以 13 到 19 开头，请看看前几位</translation>
    </message>
    <message>
        <source>It has 18 characters, here are %1</source>
        <translation>应当是 18 位，现在填了 %1 位</translation>
    </message>
    <message>
        <source>Please check: this does not look complete</source>
        <translation>请检查，好像没有填完整</translation>
    </message>
    <message>
        <source>It has 16 to 19 digits, here are %1</source>
        <translation>应当是 16 到 19 位，现在填了 %1 位</translation>
    </message>
</context>
<context>
    <name>FormScreen</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Your answer leads on.</source>
        <translation>选好就往下走。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Go on to check</source>
        <translation>去核对</translation>
    </message>
    <message>
        <source>Show what fits</source>
        <translation>看看符合什么</translation>
    </message>
    <message>
        <source>Taken over from your ticket of %1</source>
        <translation>已从您 %1 的接续单接着办</translation>
    </message>
    <message>
        <source>What is still missing is marked. You can change everything.</source>
        <translation>还缺的已标出，都可以改。</translation>
    </message>
    <message>
        <source>The authority did not take this yet</source>
        <translation>受理单位还没有收下</translation>
    </message>
    <message>
        <source>Please correct what is marked, then hand it in again. Everything else is still there.</source>
        <translation>请改好标出的地方，再提交一次。其他内容都还在。</translation>
    </message>
    <message>
        <source>Touch here to choose</source>
        <translation>点这里选</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message numerus="yes">
        <source>%n services</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message>
        <source>Look it up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>See what is due</source>
        <translation>看应缴多少</translation>
    </message>
    <message>
        <source>Get the proof</source>
        <translation>打印证明</translation>
    </message>
    <message>
        <source>Book a time</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始办理</translation>
    </message>
    <message>
        <source>Ask staff</source>
        <translation>请工作人员帮忙</translation>
    </message>
    <message numerus="yes">
        <source>At most %n days, weekends included</source>
        <translation>
            <numerusform>最多 %n 天（周末也算）</numerusform>
        </translation>
    </message>
    <message>
        <source>the city</source>
        <translation>市级</translation>
    </message>
    <message>
        <source>the district</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>the town or subdistrict</source>
        <translation>镇街</translation>
    </message>
    <message>
        <source>the village or community</source>
        <translation>村居</translation>
    </message>
    <message>
        <source>Can be done here, now</source>
        <translation>现在就能在这里办</translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>What to bring</source>
        <translation>请带好</translation>
    </message>
    <message>
        <source>What you do here</source>
        <translation>在这里要做的</translation>
    </message>
    <message>
        <source>Say where your matter belongs</source>
        <translation>选这件事归哪里办</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>看一下摄像头</translation>
    </message>
    <message>
        <source>Sign on the screen</source>
        <translation>在屏幕上签名</translation>
    </message>
    <message>
        <source>Who handles it</source>
        <translation>由谁办理</translation>
    </message>
    <message>
        <source>Where it belongs</source>
        <translation>办理地</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>哪一级办</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>多久办好</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>当场</translation>
    </message>
    <message numerus="yes">
        <source>At most %n working days</source>
        <translation>
            <numerusform>最多 %n 个工作日</numerusform>
        </translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>Your ID card</source>
        <translation>本人身份证</translation>
    </message>
    <message>
        <source>Laid on the reader; nothing to copy</source>
        <translation>平放在读卡区，不用复印</translation>
    </message>
    <message>
        <source>Or staff check you instead. The picture is not kept.</source>
        <translation>也可以请工作人员核对。画面不保存。</translation>
    </message>
    <message>
        <source>Laid under the camera here; the paper stays yours</source>
        <translation>在本机摄像头下拍照，原件您带走</translation>
    </message>
    <message>
        <source>Only if you have it</source>
        <translation>有的话再带</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>什么都不用带</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Citizen Window</source>
        <translation>市民之窗</translation>
    </message>
</context>
<context>
    <name>HeaderNote</name>
    <message>
        <source>. </source>
        <translation>。</translation>
    </message>
    <message>
        <source>More about this</source>
        <translation>详细说明</translation>
    </message>
</context>
<context>
    <name>HomeFoot</name>
    <message>
        <source>All you look for and do here is erased when you leave.</source>
        <translation>您查看和填写的内容，离开后本机全部清除。</translation>
    </message>
    <message>
        <source>Finish and leave</source>
        <translation>办完离开</translation>
    </message>
</context>
<context>
    <name>HomeFront</name>
    <message>
        <source>Most used here</source>
        <translation>本机常办</translation>
    </message>
    <message>
        <source>By what happens in life</source>
        <translation>按人生大事找</translation>
    </message>
    <message>
        <source>For another city</source>
        <translation>异地办理</translation>
    </message>
    <message>
        <source>%1 cities, %2 services</source>
        <translation>%1 个城市，%2 项可办</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的办件</translation>
    </message>
    <message>
        <source>Where they stand, go on</source>
        <translation>查进度、接着办</translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · printed</source>
        <translation>%1 · 当场打印</translation>
    </message>
    <message>
        <source>%1 · by phone</source>
        <translation>%1 · 扫码支付</translation>
    </message>
</context>
<context>
    <name>HomePlain</name>
    <message>
        <source>Find a service</source>
        <translation>找要办的事</translation>
    </message>
    <message>
        <source>Most used here</source>
        <translation>本机常办</translation>
    </message>
    <message>
        <source>By what happens in life</source>
        <translation>按人生大事找</translation>
    </message>
    <message>
        <source>For another city</source>
        <translation>异地办理</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的办件</translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message>
        <source>Which city does it belong to?</source>
        <translation>这件事归哪个城市办？</translation>
    </message>
    <message>
        <source>Find a service</source>
        <translation>找要办的事</translation>
    </message>
    <message>
        <source>What can we do for you?</source>
        <translation>您好，今天想办什么事？</translation>
    </message>
    <message>
        <source>These can be done here for this city.</source>
        <translation>这些可以在这里办这个城市的事。</translation>
    </message>
    <message>
        <source>What do you need? For example: pension proof</source>
        <translation>您要办什么事？例如“社保证明”</translation>
    </message>
    <message>
        <source>Most used here</source>
        <translation>本机常办</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的办件</translation>
    </message>
    <message>
        <source>By what happens in life</source>
        <translation>按人生大事找</translation>
    </message>
    <message>
        <source>Nothing found for these words. Try another word, or call staff: we help you find it.</source>
        <translation>没有找到。换个词试试，或者呼叫工作人员，我们帮您找。</translation>
    </message>
    <message>
        <source>The terminal has just started. One moment, and what you typed is looked for.</source>
        <translation>终端刚刚启动，请稍等，马上查找您输入的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n services found</source>
        <translation>
            <numerusform>找到 %n 项服务</numerusform>
        </translation>
    </message>
    <message>
        <source>Search for “%1”</source>
        <translation>搜索“%1”</translation>
    </message>
    <message>
        <source>Chinese, pinyin or first letters all work, such as “shebao” or “sb”.</source>
        <translation>汉字、拼音、首字母都可以，例如 shebao 或 sb。</translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <source>Read</source>
        <translation>读好了</translation>
    </message>
    <message>
        <source>Reading, leave the card there</source>
        <translation>正在读，请先别拿走</translation>
    </message>
    <message>
        <source>Lay your ID card on the reader</source>
        <translation>请把身份证平放在读卡区</translation>
    </message>
    <message>
        <source>Lift your card, then lay it down again</source>
        <translation>请把证件拿起来，再放一次</translation>
    </message>
    <message>
        <source>It takes about two seconds.</source>
        <translation>大约两秒钟。</translation>
    </message>
    <message>
        <source>Flat, photo up, below the screen on the left. Keep it there until you hear the tone.</source>
        <translation>照片朝上，放在屏幕左下方。听到提示音再拿走。</translation>
    </message>
    <message>
        <source>A card has been lying there since the last reading. If it is not yours, please give it to staff.</source>
        <translation>上面有一张上次读过的证件。不是您的，请交给工作人员。</translation>
    </message>
    <message>
        <source>Read the card</source>
        <translation>读取证件</translation>
    </message>
    <message>
        <source>Ask staff to help</source>
        <translation>请工作人员帮忙</translation>
    </message>
    <message>
        <source>Card found</source>
        <translation>已感应到证件</translation>
    </message>
    <message>
        <source>Waiting for your card</source>
        <translation>等待您的证件</translation>
    </message>
    <message>
        <source>Nothing of your card is kept on this machine after your visit.</source>
        <translation>办完以后，本机不留您证件上的任何信息。</translation>
    </message>
    <message>
        <source>Checking your code</source>
        <translation>正在核对您的码</translation>
    </message>
    <message>
        <source>It takes a few seconds.</source>
        <translation>只需几秒钟。</translation>
    </message>
    <message>
        <source>Code read</source>
        <translation>已扫到码</translation>
    </message>
    <message>
        <source>You can put your phone away.</source>
        <translation>手机可以收起来了。</translation>
    </message>
    <message>
        <source>Or show your identity code</source>
        <translation>也可以出示身份码</translation>
    </message>
    <message>
        <source>Open it on your phone and hold the phone before the code window. A code works once.</source>
        <translation>在手机上打开身份码，对准扫码窗口。一个码只能用一次。</translation>
    </message>
    <message>
        <source>Or put in your social-security card</source>
        <translation>也可以插入社保卡</translation>
    </message>
    <message>
        <source>Chip up, all the way in.</source>
        <translation>芯片朝上，插到底。</translation>
    </message>
    <message>
        <source>Chip up, all the way in. Staff then compare you with the photo on it.</source>
        <translation>芯片朝上，插到底。之后请工作人员核对卡上照片。</translation>
    </message>
</context>
<context>
    <name>IdleSheet</name>
    <message>
        <source>Are you still there?</source>
        <translation>您还在吗？</translation>
    </message>
    <message>
        <source>To protect you, this visit ends and everything is erased when the ring is empty.</source>
        <translation>为了保护您，圆环走完后会结束并清除全部信息。</translation>
    </message>
    <message>
        <source>Seconds left</source>
        <translation>剩余秒数</translation>
    </message>
    <message>
        <source>I need more time</source>
        <translation>我还需要时间</translation>
    </message>
    <message>
        <source>I&apos;m finished, leave</source>
        <translation>我办完了，离开</translation>
    </message>
</context>
<context>
    <name>Journey</name>
    <message>
        <source>Kept here</source>
        <translation>已存好</translation>
    </message>
    <message>
        <source>Sealing</source>
        <translation>正在加密</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>办理单位</translation>
    </message>
</context>
<context>
    <name>KeptScreen</name>
    <message>
        <source>Kept for you, not handed in yet</source>
        <translation>已为您存好，尚未提交</translation>
    </message>
    <message>
        <source>Go on at any terminal: touch “Go on with a ticket”, give this code, and identify yourself with the same document.</source>
        <translation>到任意一台终端，点“用接续单接着办”，输入这个码，再用同一个证件核验身份。</translation>
    </message>
    <message>
        <source>I have the code</source>
        <translation>我已记下接续码</translation>
    </message>
    <message>
        <source>Ticket code</source>
        <translation>接续码</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效到</translation>
    </message>
    <message>
        <source>Without network</source>
        <translation>断网时</translation>
    </message>
    <message>
        <source>It is kept here, encrypted, and sent as soon as the network is back; you can go on then.</source>
        <translation>内容已加密存在本机，网络一恢复就送到政务平台，那时就能接着办。</translation>
    </message>
    <message>
        <source>Code to take a picture of, for the scanner of a terminal</source>
        <translation>可以拍下来、在终端扫的码</translation>
    </message>
    <message>
        <source>If nothing is printed, write the code down or take a picture of it. Your consent and signature will be asked for anew.</source>
        <translation>没有打印出来时，请抄下或拍下接续码。同意和签名要重新做。</translation>
    </message>
</context>
<context>
    <name>KeyRows</name>
    <message>
        <source>Capital letter</source>
        <translation>大写</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Type the sound, touch the character</source>
        <translation>输入读音，再点汉字</translation>
    </message>
    <message>
        <source>Write a character, then touch it here</source>
        <translation>写一个字，再在这里点它</translation>
    </message>
    <message>
        <source>Type Chinese by sound</source>
        <translation>用拼音输入</translation>
    </message>
    <message>
        <source>Write Chinese by hand</source>
        <translation>手写输入</translation>
    </message>
    <message>
        <source>Type letters</source>
        <translation>输入字母</translation>
    </message>
    <message>
        <source>Type marks</source>
        <translation>输入标点</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>LeaveSheet</name>
    <message>
        <source>Leave now?</source>
        <translation>现在离开吗？</translation>
    </message>
    <message>
        <source>What was handed in stays handed in. Everything else on this screen is erased.</source>
        <translation>已经提交的仍然有效，屏幕上其他内容会清除。</translation>
    </message>
    <message>
        <source>Nothing has been handed in yet. What you entered will be erased.</source>
        <translation>还没有提交任何内容。您填的会全部清除。</translation>
    </message>
    <message>
        <source>Stay and go on</source>
        <translation>留下，继续办</translation>
    </message>
    <message>
        <source>Keep it, go on elsewhere</source>
        <translation>存好，到别处接着办</translation>
    </message>
    <message>
        <source>Leave and erase</source>
        <translation>离开并清除</translation>
    </message>
</context>
<context>
    <name>LookupScreen</name>
    <message>
        <source>Where is my case?</source>
        <translation>我的事办到哪了？</translation>
    </message>
    <message>
        <source>Type the look-up code of your slip, or hold its square code to the scanner. No card is needed, and nothing about you is shown.</source>
        <translation>输入凭条上的查询码，或把凭条上的二维码对准扫码口。不用刷卡，也不会显示您的个人信息。</translation>
    </message>
    <message>
        <source>Type the code of your slip, or hold its square code to the scanner.</source>
        <translation>输入凭条上的查询码，或把二维码对准扫码口。</translation>
    </message>
    <message>
        <source>Look up another</source>
        <translation>再查一个</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Looking where it stands</source>
        <translation>正在查办到哪了</translation>
    </message>
    <message>
        <source>Look-up code</source>
        <translation>查询码</translation>
    </message>
    <message>
        <source>What</source>
        <translation>办什么</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到时间</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚办好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>To put right</source>
        <translation>要改的</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>消息来源</translation>
    </message>
    <message>
        <source>this terminal, which took it</source>
        <translation>就是这台终端</translation>
    </message>
    <message>
        <source>Code typed so far: %1</source>
        <translation>已输入：%1</translation>
    </message>
</context>
<context>
    <name>MaterialsScreen</name>
    <message>
        <source>Paper %1 of %2.</source>
        <translation>第 %1 份材料，共 %2 份。</translation>
    </message>
    <message numerus="yes">
        <source>At most %n pages, one after the other.</source>
        <translation>
            <numerusform>最多 %n 页，一页一页地拍。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take it again</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>Next paper</source>
        <translation>下一份材料</translation>
    </message>
    <message>
        <source>That is all</source>
        <translation>拍好了，下一步</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>就用这张</translation>
    </message>
    <message>
        <source>I do not have it</source>
        <translation>我没有这份材料</translation>
    </message>
    <message>
        <source>I will bring it later</source>
        <translation>我以后再补交</translation>
    </message>
    <message>
        <source>One more page</source>
        <translation>再拍一页</translation>
    </message>
    <message>
        <source>Lay the paper on the shelf under the camera</source>
        <translation>请把材料平放在摄像头下方的台面上</translation>
    </message>
    <message>
        <source>Let go of the paper, it is being looked at</source>
        <translation>请松手，正在拍照</translation>
    </message>
    <message>
        <source>Move the paper to the left, as you see it here</source>
        <translation>请按画面向左移一点</translation>
    </message>
    <message>
        <source>Move the paper to the right, as you see it here</source>
        <translation>请按画面向右移一点</translation>
    </message>
    <message>
        <source>Move the paper up, as you see it here</source>
        <translation>请按画面向上移一点</translation>
    </message>
    <message>
        <source>Move the paper down, as you see it here</source>
        <translation>请按画面向下移一点</translation>
    </message>
    <message>
        <source>Lay the paper so that the whole of it can be seen</source>
        <translation>请放正，让整页都在画面里</translation>
    </message>
    <message>
        <source>The print is too small: bring the paper nearer to the camera</source>
        <translation>字太小，请让材料离摄像头近一点</translation>
    </message>
    <message>
        <source>It is too dark: take away what stands before the lamp</source>
        <translation>太暗了，请移开挡住灯光的东西</translation>
    </message>
    <message>
        <source>The light reflects on the paper: turn it a little</source>
        <translation>纸面反光，请稍微转动一下</translation>
    </message>
    <message>
        <source>A shadow lies on the paper: step back a little</source>
        <translation>纸上有影子，请稍微后退一点</translation>
    </message>
    <message>
        <source>The picture is not sharp: press the paper flat</source>
        <translation>画面不清楚，请把纸压平</translation>
    </message>
    <message>
        <source>The paper moved while the picture was taken.</source>
        <translation>拍照时纸动了。</translation>
    </message>
    <message>
        <source>A part of the paper is cut off.</source>
        <translation>有一部分没拍到。</translation>
    </message>
    <message>
        <source>The picture is too dark.</source>
        <translation>照片太暗。</translation>
    </message>
    <message>
        <source>The light reflects on the paper; part of it can&apos;t be read.</source>
        <translation>纸面反光，有的地方看不清。</translation>
    </message>
    <message>
        <source>A shadow lies on the paper.</source>
        <translation>纸上有影子。</translation>
    </message>
    <message>
        <source>The print is too small to be read.</source>
        <translation>字太小，看不清。</translation>
    </message>
    <message>
        <source>The picture is not sharp.</source>
        <translation>照片不清楚。</translation>
    </message>
    <message>
        <source>The authority could not read this paper</source>
        <translation>这份材料办理单位看不了</translation>
    </message>
    <message>
        <source>Please lay it down once more, then hand everything in again. All the rest is still there.</source>
        <translation>请重新放好再拍一次，然后再提交。其他内容都还在。</translation>
    </message>
    <message>
        <source>The authority may ask for this paper again.</source>
        <translation>办理单位可能会请您重新提交。</translation>
    </message>
    <message>
        <source>All pages are taken. You can take the paper away.</source>
        <translation>都拍好了，请收回材料。</translation>
    </message>
    <message>
        <source>Can you read it? Then take the paper away.</source>
        <translation>看得清吗？看得清就请收回材料。</translation>
    </message>
    <message>
        <source>Live camera picture</source>
        <translation>摄像头实时画面</translation>
    </message>
    <message>
        <source>The page as it was taken</source>
        <translation>拍到的这一页</translation>
    </message>
</context>
<context>
    <name>MyCases</name>
    <message>
        <source>All my cases</source>
        <translation>我的全部办件</translation>
    </message>
    <message>
        <source>How far they are; hand in what is missing, withdraw. With your ID card</source>
        <translation>查进度、补材料、撤回，凭身份证</translation>
    </message>
    <message>
        <source>The platform can&apos;t be reached now, so they can&apos;t be shown</source>
        <translation>现在连不上政务平台，暂时看不到</translation>
    </message>
    <message>
        <source>Where is my case?</source>
        <translation>我的事办到哪了？</translation>
    </message>
    <message>
        <source>With the look-up code of your slip: type it or scan it</source>
        <translation>用凭条上的查询码，输入或扫码都行</translation>
    </message>
    <message>
        <source>Go on with a ticket</source>
        <translation>用接续单接着办</translation>
    </message>
    <message>
        <source>With the ticket of what you began and kept at a terminal</source>
        <translation>在别的终端填了一半、留了接续单的，可以在这里接着办</translation>
    </message>
</context>
<context>
    <name>NoteSheet</name>
    <message>
        <source>Call again</source>
        <translation>再叫一次</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续办</translation>
    </message>
    <message>
        <source>Not needed any more</source>
        <translation>不用来了</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The call did not get through</source>
        <translation>没有通知到工作人员</translation>
    </message>
    <message>
        <source>Staff have been called</source>
        <translation>已经呼叫工作人员</translation>
    </message>
    <message>
        <source>Staff were told at %1</source>
        <translation>%1 已通知工作人员</translation>
    </message>
    <message>
        <source>Staff have been called, %1</source>
        <translation>正在通知工作人员（%1）</translation>
    </message>
    <message>
        <source> Or ring %1.</source>
        <translation>也可以打电话 %1。</translation>
    </message>
    <message>
        <source>Try again, or go to the counter.</source>
        <translation>请再叫一次，或到窗口。</translation>
    </message>
    <message>
        <source>You can go on meanwhile.</source>
        <translation>您可以先继续办。</translation>
    </message>
    <message>
        <source>Call failed</source>
        <translation>没有叫到</translation>
    </message>
    <message>
        <source>Staff told</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>正在通知</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>停电，用电池</translation>
    </message>
    <message>
        <source>Switching off</source>
        <translation>就要关机</translation>
    </message>
    <message>
        <source>Headset in</source>
        <translation>耳机已插入</translation>
    </message>
    <message>
        <source>Voice is on</source>
        <translation>语音已打开</translation>
    </message>
    <message>
        <source>Headset out</source>
        <translation>耳机已拔出</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>No character sounds like that.</source>
        <translation>没有这个音的字。</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>回到键盘</translation>
    </message>
    <message>
        <source>Show more characters</source>
        <translation>更多汉字</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>%1 (if you like)</source>
        <translation>%1（可不填）</translation>
    </message>
</context>
<context>
    <name>OutOfServiceScreen</name>
    <message>
        <source>Out of service for now</source>
        <translation>暂停服务</translation>
    </message>
    <message>
        <source>Staff: %1</source>
        <translation>工作人员：%1</translation>
    </message>
    <message>
        <source>For the technician: %1 · %2</source>
        <translation>技术人员用：%1 · %2</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>Remove page %1</source>
        <translation>删除第 %1 页</translation>
    </message>
</context>
<context>
    <name>PaperPreview</name>
    <message>
        <source>Small picture of the proof</source>
        <translation>证明的缩图</translation>
    </message>
    <message>
        <source>Small picture of the receipt</source>
        <translation>凭条的缩图</translation>
    </message>
</context>
<context>
    <name>PaperSheet</name>
    <message>
        <source>This is what is printed</source>
        <translation>打印出来就是这样</translation>
    </message>
    <message>
        <source>Numbers of people are partly hidden, on paper too.</source>
        <translation>证件号码在纸上也隐去一部分。</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Page %1 of what is printed</source>
        <translation>打印内容第 %1 页</translation>
    </message>
    <message>
        <source>This page can&apos;t be shown here</source>
        <translation>这一页这里显示不了</translation>
    </message>
    <message>
        <source>Printing does not need the picture. Please look at the paper itself.</source>
        <translation>不影响打印。请以打印出来的为准。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PaymentScreen</name>
    <message>
        <source>Paid, thank you</source>
        <translation>已付款，谢谢</translation>
    </message>
    <message>
        <source>The time to pay is over</source>
        <translation>付款时间已过</translation>
    </message>
    <message>
        <source>The payment was cancelled</source>
        <translation>付款已取消</translation>
    </message>
    <message>
        <source>Pay with your phone</source>
        <translation>请用手机付款</translation>
    </message>
    <message>
        <source>Scan the code with WeChat, Alipay or UnionPay. The machine notices by itself.</source>
        <translation>用微信、支付宝或云闪付扫码，付好后机器会自动知道。</translation>
    </message>
    <message>
        <source>Nothing was charged.</source>
        <translation>没有扣款。</translation>
    </message>
    <message>
        <source>Don&apos;t pay, end here</source>
        <translation>不付了，结束</translation>
    </message>
    <message>
        <source>Payment code to scan with your phone</source>
        <translation>手机扫描的付款码</translation>
    </message>
    <message>
        <source>Valid for %1:%2 more</source>
        <translation>%1:%2 内有效</translation>
    </message>
    <message>
        <source>Waiting for your payment</source>
        <translation>等待您付款</translation>
    </message>
    <message>
        <source>This machine never sees your account or password.</source>
        <translation>本机看不到您的账户和密码。</translation>
    </message>
</context>
<context>
    <name>PlacePicker</name>
    <message>
        <source>%1 (if you like)</source>
        <translation>%1（可不填）</translation>
    </message>
    <message>
        <source>Back to the whole list</source>
        <translation>回到全部列表</translation>
    </message>
</context>
<context>
    <name>PlaceScreen</name>
    <message>
        <source>Which city does it belong to?</source>
        <translation>这件事归哪个城市办？</translation>
    </message>
    <message>
        <source>Where does your matter belong?</source>
        <translation>您的事归哪里办？</translation>
    </message>
    <message>
        <source>Where in %1?</source>
        <translation>%1的哪里？</translation>
    </message>
    <message>
        <source>Usually where you are registered or insured. It decides who handles %1.</source>
        <translation>一般看户口或社保在哪里，就由哪里办“%1”。</translation>
    </message>
    <message>
        <source>Leave %1</source>
        <translation>离开%1</translation>
    </message>
</context>
<context>
    <name>PoliciesScreen</name>
    <message>
        <source>%1 may fit. As published on %2.</source>
        <translation>可能符合 %1 项。截至%2已公布的政策。</translation>
    </message>
    <message>
        <source>None of those published until %1 fits.</source>
        <translation>截至%1已公布的政策中，没有符合的。</translation>
    </message>
    <message>
        <source>Apply for it</source>
        <translation>申报这项政策</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>It fits, and you have it without applying.</source>
        <translation>符合，免申即享，不用申报。</translation>
    </message>
    <message>
        <source>It fits. It has to be applied for.</source>
        <translation>符合，需要申报。</translation>
    </message>
    <message>
        <source>It may fit. That depends on: %1.</source>
        <translation>可能符合，要看：%1。</translation>
    </message>
    <message>
        <source>It does not fit, because of: %1.</source>
        <translation>不符合，原因：%1。</translation>
    </message>
    <message>
        <source>no last day</source>
        <translation>长期有效</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>截止%1</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n day left)</source>
        <translation>
            <numerusform>%1（还有 %n 天）</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing with what is published</source>
        <translation>正在与已公布的政策比对</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>May fit</source>
        <translation>可能符合</translation>
    </message>
    <message>
        <source>Hide what does not fit</source>
        <translation>收起不符合的</translation>
    </message>
    <message numerus="yes">
        <source>%n does not fit: show it</source>
        <translation>
            <numerusform>还有 %n 项不符合，点这里看</numerusform>
        </translation>
    </message>
    <message>
        <source>Don&apos;t fit</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>Depends on: %1</source>
        <translation>要看：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n fits. As published on %1.</source>
        <translation>
            <numerusform>符合 %n 项。截至%1已公布的政策。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fits, %1 may fit. As published on %2.</source>
        <translation>
            <numerusform>符合 %n 项，可能符合 %1 项。截至%2已公布的政策。</numerusform>
        </translation>
    </message>
    <message>
        <source>Because of: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>nothing to apply for</source>
        <translation>免申即享</translation>
    </message>
    <message>
        <source>to be applied for</source>
        <translation>需要申报</translation>
    </message>
    <message>
        <source>Tell me of new ones, and of last days</source>
        <translation>有新政策、快截止时提醒我</translation>
    </message>
    <message>
        <source>Matched to your answers. Whether your business gets it is decided by the authority.</source>
        <translation>按您的回答匹配，能不能享受以主管部门认定为准。</translation>
    </message>
    <message>
        <source>What it gives</source>
        <translation>能享受什么</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>要做什么</translation>
    </message>
    <message>
        <source>Apply, here or at the counter.</source>
        <translation>在这里或窗口申报。</translation>
    </message>
    <message>
        <source>Nothing: whoever it fits has it without applying.</source>
        <translation>不用申报，符合就能享受（免申即享）。</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>主管部门</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Your answers that rule it out. Touch one to change it.</source>
        <translation>不符合是因为这些回答，点一下可以改。</translation>
    </message>
    <message>
        <source>Answer what decides it:</source>
        <translation>再答一题就知道：</translation>
    </message>
</context>
<context>
    <name>Portion</name>
    <message>
        <source>Those before</source>
        <translation>前面的</translation>
    </message>
    <message>
        <source>Others, %1 of %2</source>
        <translation>换一批（%1/%2）</translation>
    </message>
</context>
<context>
    <name>PrintCard</name>
    <message>
        <source>Fetching your proof</source>
        <translation>正在取您的证明</translation>
    </message>
    <message>
        <source>Your proof is being printed</source>
        <translation>正在打印您的证明</translation>
    </message>
    <message>
        <source>Your receipt is being printed</source>
        <translation>正在打印您的凭条</translation>
    </message>
    <message>
        <source>Proof printed, please take it</source>
        <translation>证明已打好，请取走</translation>
    </message>
    <message>
        <source>Receipt printed, please take it</source>
        <translation>凭条已打好，请取走</translation>
    </message>
    <message>
        <source>Please check that it is complete</source>
        <translation>请看看打印是否完整</translation>
    </message>
    <message>
        <source>The proof could not be printed</source>
        <translation>证明没有打印出来</translation>
    </message>
    <message>
        <source>The receipt could not be printed</source>
        <translation>凭条没有打印出来</translation>
    </message>
    <message>
        <source>Going on without the paper</source>
        <translation>不等纸质证明了</translation>
    </message>
    <message>
        <source>Going on without a receipt</source>
        <translation>不要凭条了</translation>
    </message>
    <message>
        <source>Print the proof on A4?</source>
        <translation>用 A4 纸打印证明吗？</translation>
    </message>
    <message>
        <source>Would you like a receipt?</source>
        <translation>需要打印凭条吗？</translation>
    </message>
    <message>
        <source>Page %1 of %2 is printed</source>
        <translation>第 %1 页已打出，共 %2 页</translation>
    </message>
    <message>
        <source>All sent, the printer has yet to confirm</source>
        <translation>已全部送出，等打印机确认</translation>
    </message>
    <message>
        <source>Your proof goes to the printer</source>
        <translation>正在把证明送往打印机</translation>
    </message>
    <message>
        <source>Your receipt goes to the printer</source>
        <translation>正在把凭条送往打印机</translation>
    </message>
    <message>
        <source>The tick appears when the printer says it is finished.</source>
        <translation>打印机确认打完后，这里会打勾。</translation>
    </message>
    <message>
        <source>Then printing goes on by itself.</source>
        <translation>弄好就接着打印。</translation>
    </message>
    <message>
        <source>. </source>
        <translation>。</translation>
    </message>
    <message>
        <source>Don&apos;t print it</source>
        <translation>不打印了</translation>
    </message>
    <message>
        <source>Look at it first</source>
        <translation>先看看内容</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>看看内容</translation>
    </message>
    <message>
        <source>From the slot at the bottom</source>
        <translation>在最下方的出纸口</translation>
    </message>
    <message>
        <source>From the slot below the screen on the right</source>
        <translation>在屏幕右下方的凭条出口</translation>
    </message>
    <message>
        <source>Print it at any terminal with your look-up code.</source>
        <translation>凭查询码可以在任何一台机器打印。</translation>
    </message>
    <message>
        <source>Take a picture of the code on this screen: it shows your case anywhere.</source>
        <translation>请拍下屏幕上的查询码，在哪里都能查。</translation>
    </message>
    <message>
        <source>Printed so far: page %1 of %2.</source>
        <translation>已打出第 %1 页，共 %2 页。</translation>
    </message>
    <message>
        <source>Printed so far: page %1.</source>
        <translation>已打出第 %1 页。</translation>
    </message>
    <message>
        <source>It has begun: please leave the paper in the slot.</source>
        <translation>已经打了一部分，请先不要拉纸。</translation>
    </message>
    <message>
        <source>Nothing has come out yet.</source>
        <translation>还没有打出来。</translation>
    </message>
    <message>
        <source>For the technician: %1</source>
        <translation>技术人员用：%1</translation>
    </message>
    <message>
        <source>Ask staff to help</source>
        <translation>请工作人员帮忙</translation>
    </message>
    <message>
        <source>Go on without the paper</source>
        <translation>不等了，以后再打印</translation>
    </message>
    <message>
        <source>Go on without a receipt</source>
        <translation>不要凭条，用查询码</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
</context>
<context>
    <name>RatingScreen</name>
    <message>
        <source>How was it today?</source>
        <translation>今天办得怎么样？</translation>
    </message>
    <message>
        <source>Only if you like. Your name does not go with it.</source>
        <translation>愿意才评，不会附上您的名字。</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Very good</source>
        <translation>非常满意</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>满意</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>基本满意</translation>
    </message>
    <message>
        <source>Not good</source>
        <translation>不满意</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>非常不满意</translation>
    </message>
</context>
<context>
    <name>RestScreen</name>
    <message>
        <source>Touch to begin</source>
        <translation>轻触屏幕，开始办事</translation>
    </message>
    <message>
        <source>Citizen Window</source>
        <translation>市民之窗</translation>
    </message>
</context>
<context>
    <name>ResultScreen</name>
    <message>
        <source>Paid and booked</source>
        <translation>已缴费并入账</translation>
    </message>
    <message>
        <source>Your time is booked</source>
        <translation>预约成功</translation>
    </message>
    <message>
        <source>Your proof is issued</source>
        <translation>证明已出具</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>We have your request</source>
        <translation>已收到您的申请</translation>
    </message>
    <message>
        <source>Sent, not yet confirmed</source>
        <translation>已送出，还没有确认</translation>
    </message>
    <message>
        <source>The platform did not accept it</source>
        <translation>政务平台没有受理</translation>
    </message>
    <message>
        <source>Nothing was handed in</source>
        <translation>没有提交</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>You need not come again. Follow it anywhere with the look-up code.</source>
        <translation>不用您再来。凭查询码，在哪里都能查到进度。</translation>
    </message>
    <message>
        <source>Your request is sealed and kept here, and goes out by itself as soon as it can. You need not come again.</source>
        <translation>申请已加密存在本机，一通就自动送出，不用您再来。</translation>
    </message>
    <message>
        <source>The other city&apos;s system can&apos;t take it at the moment.</source>
        <translation>对方城市的系统现在收不了。</translation>
    </message>
    <message>
        <source>The platform can&apos;t be reached at the moment.</source>
        <translation>现在连不上政务平台。</translation>
    </message>
    <message>
        <source>The platform has not answered yet.</source>
        <translation>政务平台还没有回复。</translation>
    </message>
    <message>
        <source>Code to scan with your phone and follow your case</source>
        <translation>用手机扫这个码，随时查进度</translation>
    </message>
    <message>
        <source>Scan with your phone, or type it at any Citizen Window. It says nothing about you.</source>
        <translation>用手机扫码查进度，或在任何一台市民之窗输入查询码。码里没有您的个人信息。</translation>
    </message>
    <message>
        <source>It left this machine, but the answer has not come back. Please don&apos;t hand it in again: we ask for it until we know.</source>
        <translation>申请已经送出，但还没有收到回复。请不要重复办理，我们会一直查到有结果。</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>已补交</translation>
    </message>
    <message>
        <source>The appointment is cancelled</source>
        <translation>预约已取消</translation>
    </message>
    <message>
        <source>The case is withdrawn</source>
        <translation>办件已撤回</translation>
    </message>
    <message>
        <source>We have what you handed in</source>
        <translation>您补交的材料已收下</translation>
    </message>
    <message>
        <source>Kept here, but staff must see to it</source>
        <translation>已存在本机，要请工作人员处理</translation>
    </message>
    <message>
        <source>Your time is free for others now. You need not do anything more.</source>
        <translation>这个时间已经让出来了，您不用再做什么。</translation>
    </message>
    <message>
        <source>The authority has stopped working on it. You need not do anything more.</source>
        <translation>办理单位已经停止办理，您不用再做什么。</translation>
    </message>
    <message>
        <source>The authority has what it asked for and goes on with your case. You need not come again.</source>
        <translation>办理单位已收到要补的材料，会接着办，不用您再来。</translation>
    </message>
    <message>
        <source>What you handed in is sealed and kept here, and goes out by itself as soon as it can. The moment it was received counts.</source>
        <translation>您补交的材料已加密存在本机，能送时自动送出，以收到时间为准。</translation>
    </message>
    <message>
        <source>Your request is sealed and kept here, but it can&apos;t be sent on. Please show your slip to staff and don&apos;t hand it in again.</source>
        <translation>申请已加密存在本机，但送不出去。请把凭条给工作人员看，不要重复办理。</translation>
    </message>
    <message>
        <source>Done, leave</source>
        <translation>办好了，离开</translation>
    </message>
    <message>
        <source>Ask staff</source>
        <translation>请工作人员帮忙</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>再办一件</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的办件</translation>
    </message>
    <message>
        <source>Look-up code</source>
        <translation>查询码</translation>
    </message>
    <message>
        <source>What</source>
        <translation>办什么</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到时间</translation>
    </message>
    <message>
        <source>%1, this moment counts</source>
        <translation>%1，以这个时间为准</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>not yet compared with the platform&apos;s, the time may be off</source>
        <translation>还没有和政务平台核对过，时间可能有出入</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚办好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>办件编号</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Kept here, waiting to be sent</source>
        <translation>已存好，等待送出</translation>
    </message>
    <message>
        <source>Kept here, can&apos;t be sent on</source>
        <translation>已存好，送不出去</translation>
    </message>
    <message>
        <source>Sent, waiting for confirmation</source>
        <translation>已送出，等待确认</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Being handled</source>
        <translation>正在办理</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>没有受理</translation>
    </message>
    <message>
        <source>Staff can help you at once, or you try again later.</source>
        <translation>工作人员可以马上帮您，您也可以稍后再试。</translation>
    </message>
</context>
<context>
    <name>ResumeScreen</name>
    <message>
        <source>Go on with a ticket</source>
        <translation>用接续单接着办</translation>
    </message>
    <message>
        <source>Type the code of your ticket, or hold its square code to the scanner. You will then be asked for the same document as before.</source>
        <translation>请输入接续单上的接续码，或把方形码对准扫码口。然后要用同一个证件核验身份。</translation>
    </message>
    <message>
        <source>Type the code of your ticket, or hold its square code to the scanner.</source>
        <translation>输入接续单上的接续码，或把方形码对准扫码口。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>接着办</translation>
    </message>
    <message>
        <source>Fetching what you filled in</source>
        <translation>正在取回您填写的内容</translation>
    </message>
    <message>
        <source>Looking at your ticket</source>
        <translation>正在核对接续单</translation>
    </message>
    <message>
        <source>Code typed so far: %1</source>
        <translation>已输入的码：%1</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Please check everything</source>
        <translation>请核对全部内容</translation>
    </message>
    <message>
        <source>Nothing is handed in before you have signed.</source>
        <translation>您签名之前，什么都不会提交。</translation>
    </message>
    <message>
        <source>Nothing is handed in before you press “%1”.</source>
        <translation>您按“%1”之前，什么都不会提交。</translation>
    </message>
    <message>
        <source>Tick “I agree” first</source>
        <translation>请先勾选“同意”</translation>
    </message>
    <message>
        <source>All correct, sign</source>
        <translation>都对，去签名</translation>
    </message>
    <message>
        <source>Correct, pay %1</source>
        <translation>正确，缴费 %1</translation>
    </message>
    <message>
        <source>Correct, book it</source>
        <translation>正确，确认预约</translation>
    </message>
    <message>
        <source>All correct, hand in</source>
        <translation>都对，提交</translation>
    </message>
    <message>
        <source>Agree and print</source>
        <translation>同意并打印</translation>
    </message>
    <message>
        <source>Taken over from your ticket of %1</source>
        <translation>已从您 %1 的接续单接着办</translation>
    </message>
    <message>
        <source>Nothing is missing. Please check it; you agree and sign anew.</source>
        <translation>没有缺项，请核对。同意和签名要重新做。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份证号码</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>应付</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>How</source>
        <translation>办理方式</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚办好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Let go to hide</source>
        <translation>松手就遮住</translation>
    </message>
    <message>
        <source>Hold to show in full</source>
        <translation>按住显示全部</translation>
    </message>
    <message numerus="yes">
        <source>%n pages taken</source>
        <translation>
            <numerusform>已拍 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>To be brought later</source>
        <translation>以后补交</translation>
    </message>
    <message>
        <source>Not handed in</source>
        <translation>未提交</translation>
    </message>
    <message>
        <source>I have read this and agree</source>
        <translation>我已阅读并同意</translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Scroller</name>
    <message>
        <source>Up</source>
        <translation>上一屏</translation>
    </message>
    <message>
        <source>Scroll up</source>
        <translation>向上滚动</translation>
    </message>
    <message>
        <source>More below</source>
        <translation>下面还有</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>向下滚动</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Find a service</source>
        <translation>找要办的事</translation>
    </message>
    <message>
        <source>What do you need? For example: pension proof</source>
        <translation>您要办什么事？例如“社保证明”</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>Also called “%1”</source>
        <translation>也叫“%1”</translation>
    </message>
</context>
<context>
    <name>SignScreen</name>
    <message>
        <source>Please sign with your finger</source>
        <translation>请用手指签名</translation>
    </message>
    <message>
        <source>Please sign by confirming</source>
        <translation>请用确认代替签名</translation>
    </message>
    <message>
        <source>Nothing is drawn. You confirm these words by pressing twice.</source>
        <translation>不用手写。按两次按钮，确认下面这段话。</translation>
    </message>
    <message>
        <source>For %1. The signature goes only into this application.</source>
        <translation>用于%1。签名只随这份申请提交。</translation>
    </message>
    <message>
        <source>Sign and hand in</source>
        <translation>签好了，提交</translation>
    </message>
    <message>
        <source>Yes, sign and hand in</source>
        <translation>是的，签名并提交</translation>
    </message>
    <message>
        <source>I confirm this</source>
        <translation>我确认这段话</translation>
    </message>
    <message>
        <source>Draw after all</source>
        <translation>改为手写</translation>
    </message>
    <message>
        <source>Please write your name in the frame first</source>
        <translation>请先在框里写上您的名字</translation>
    </message>
    <message>
        <source>Your face was not compared by the machine. So after your confirmation a member of staff comes, and witnesses it with you.</source>
        <translation>机器没有核对过您的脸。您确认后，工作人员会过来见证。</translation>
    </message>
    <message>
        <source>Press the same button once more to sign</source>
        <translation>再按一次同一个按钮，就签好了</translation>
    </message>
    <message>
        <source>I can&apos;t draw</source>
        <translation>不便手写</translation>
    </message>
    <message>
        <source>Or touch “%1” below: you can confirm instead.</source>
        <translation>不写也行：点下面的“%1”，用确认代替。</translation>
    </message>
    <message>
        <source>That counts as signing and hands it in. “Back” goes back unsigned.</source>
        <translation>这次确认算您的签名，随后就提交。按“返回”可以退回，不签。</translation>
    </message>
    <message>
        <source>Undo last stroke</source>
        <translation>撤销一笔</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新签</translation>
    </message>
    <message>
        <source>Write your name here</source>
        <translation>请在这里写您的名字</translation>
    </message>
    <message>
        <source>Signature pad</source>
        <translation>签名区</translation>
    </message>
</context>
<context>
    <name>SlotsScreen</name>
    <message>
        <source>When suits you?</source>
        <translation>您什么时候方便？</translation>
    </message>
    <message>
        <source>No time is free at the moment. Please try again tomorrow or ask staff.</source>
        <translation>现在没有空闲时段。请明天再试，或问问工作人员。</translation>
    </message>
    <message numerus="yes">
        <source>%1. Free times on %n days.</source>
        <translation>
            <numerusform>%1。有空位的日子：%n 天。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a time</source>
        <translation>请选择时间</translation>
    </message>
    <message>
        <source>Book %1</source>
        <translation>预约 %1</translation>
    </message>
    <message>
        <source>Looking for free times</source>
        <translation>正在查找空闲时段</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message numerus="yes">
        <source>%n places left</source>
        <translation>
            <numerusform>还有 %n 个名额</numerusform>
        </translation>
    </message>
    <message>
        <source>Full</source>
        <translation>约满</translation>
    </message>
</context>
<context>
    <name>StaffScreen</name>
    <message>
        <source>Staff: compare and confirm</source>
        <translation>工作人员：请比对并确认</translation>
    </message>
    <message>
        <source>Staff: release this request</source>
        <translation>工作人员：请核对并放行</translation>
    </message>
    <message>
        <source>Staff: witness this signature</source>
        <translation>工作人员：请见证这次签署</translation>
    </message>
    <message>
        <source>The person can&apos;t draw and has signed by confirming. Ask whether that is what they want. Your PIN witnesses it in your name.</source>
        <translation>办事人不便手写，用确认代替签名。请当面问一句是不是本人的意思。输入您的密码，就是以您的名义见证。</translation>
    </message>
    <message>
        <source>No photo was read. Ask for the card and compare the person with the photo printed on it. Your PIN confirms it in your name.</source>
        <translation>没有读到照片。请查看证件，把本人与证件上印的照片核对。您的密码表示由您确认。</translation>
    </message>
    <message>
        <source>Is the person in front of the machine the one on the card? Your PIN confirms it in your name.</source>
        <translation>机器前的人和证件上的是同一个人吗？您的密码表示由您确认。</translation>
    </message>
    <message>
        <source>Confirm: same person</source>
        <translation>确认是同一个人</translation>
    </message>
    <message>
        <source>Witness it</source>
        <translation>见证</translation>
    </message>
    <message>
        <source>Photo on the card</source>
        <translation>证件照片</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>证件上</translation>
    </message>
    <message>
        <source>Now, at the machine</source>
        <translation>机器前实时画面</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现场</translation>
    </message>
    <message numerus="yes">
        <source>%n digits entered</source>
        <translation>
            <numerusform>已输入 %n 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SubmittingScreen</name>
    <message>
        <source>Safely kept, now sending</source>
        <translation>已存好，正在送出</translation>
    </message>
    <message>
        <source>Sealing and keeping your request</source>
        <translation>正在加密保存您的申请</translation>
    </message>
    <message>
        <source>Telling the authority</source>
        <translation>正在通知办理单位</translation>
    </message>
    <message>
        <source>It can&apos;t be lost any more, even if the power fails now.</source>
        <translation>现在就是断电也不会丢。</translation>
    </message>
    <message>
        <source>Goes to %1</source>
        <translation>送往%1</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>See where it can be done</source>
        <translation>看看哪里能办</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Read this page</source>
        <translation>朗读整页</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Call a person again</source>
        <translation>再呼叫一次工作人员</translation>
    </message>
    <message>
        <source>Call a person</source>
        <translation>呼叫工作人员</translation>
    </message>
    <message>
        <source>Staff have been called</source>
        <translation>已呼叫工作人员</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Again: pause, go on</source>
        <translation>再按：暂停、继续</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Voice guidance</source>
        <translation>语音引导</translation>
    </message>
    <message>
        <source>white on black</source>
        <translation>黑底白字</translation>
    </message>
    <message>
        <source>black on white</source>
        <translation>白底黑字</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Contrast: %1</source>
        <translation>对比度：%1</translation>
    </message>
    <message>
        <source>small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>特大</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Text size: %1</source>
        <translation>字号：%1</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Assistance: text size, contrast, voice, low reach, pace, motion</source>
        <translation>辅助：字号、对比度、语音、低位操作、放慢、动画</translation>
    </message>
</context>
<context>
    <name>Trail</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>选事项</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>办理地</translation>
    </message>
    <message>
        <source>Your card</source>
        <translation>刷证</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配结果</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>取凭条</translation>
    </message>
</context>
<context>
    <name>TroubleSheet</name>
    <message>
        <source>Nothing you entered is lost.</source>
        <translation>您填的内容没有丢。</translation>
    </message>
    <message>
        <source>For the technician: %1</source>
        <translation>技术人员用：%1</translation>
    </message>
</context>
<context>
    <name>TroubleWords</name>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Lay the card down again</source>
        <translation>再放一次</translation>
    </message>
    <message>
        <source>Put the card in again</source>
        <translation>再插一次</translation>
    </message>
    <message>
        <source>Show the code again</source>
        <translation>再扫一次</translation>
    </message>
    <message>
        <source>Use the ID card</source>
        <translation>改用身份证</translation>
    </message>
    <message>
        <source>Look at the camera again</source>
        <translation>再看一次摄像头</translation>
    </message>
    <message>
        <source>Print it again</source>
        <translation>再打印一次</translation>
    </message>
    <message>
        <source>Check the amount again</source>
        <translation>重新核对金额</translation>
    </message>
    <message>
        <source>Choose another one</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>Type it again</source>
        <translation>再输一遍</translation>
    </message>
    <message>
        <source>All right, I&apos;ll try later</source>
        <translation>知道了，过会儿再试</translation>
    </message>
    <message>
        <source>All right, I&apos;ll wait</source>
        <translation>知道了，我等等</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Ask staff to help</source>
        <translation>请工作人员帮忙</translation>
    </message>
    <message>
        <source>End here, go to the counter</source>
        <translation>到此结束，去窗口</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回上一步</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>到此结束</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>先不交这份</translation>
    </message>
    <message>
        <source>Close this</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Keep it, go on elsewhere</source>
        <translation>存好，到别处接着办</translation>
    </message>
</context>
<context>
    <name>WithdrawScreen</name>
    <message>
        <source>Cancel this appointment?</source>
        <translation>要取消这个预约吗？</translation>
    </message>
    <message>
        <source>Withdraw this case?</source>
        <translation>要撤回这件事吗？</translation>
    </message>
    <message>
        <source>No, keep it</source>
        <translation>不，保留</translation>
    </message>
    <message>
        <source>Yes, cancel it</source>
        <translation>确定取消</translation>
    </message>
    <message>
        <source>Yes, withdraw it</source>
        <translation>确定撤回</translation>
    </message>
    <message>
        <source>Your time is given to somebody else.</source>
        <translation>这个时间会让给别人。</translation>
    </message>
    <message>
        <source>You can book again at any time, for what is free then.</source>
        <translation>以后可以随时重新预约，但要看那时还有没有号。</translation>
    </message>
    <message>
        <source>It is cancelled at once, or not at all: if the platform can&apos;t be reached, your time stays yours.</source>
        <translation>要么马上取消，要么不取消：连不上政务平台时，预约照旧。</translation>
    </message>
    <message>
        <source>The authority stops working on it. What it has asked for need not be handed in any more.</source>
        <translation>办理单位不再往下办，要补的材料也不用再交。</translation>
    </message>
    <message>
        <source>It can&apos;t be taken up again. You can hand it in anew, and it then counts from that day.</source>
        <translation>撤回后不能恢复。可以重新提交，时间从那天算起。</translation>
    </message>
    <message>
        <source>An order that is not paid is cancelled; one that is paid keeps the case from being withdrawn.</source>
        <translation>还没付款的订单会取消；已经付款的，不能撤回。</translation>
    </message>
    <message>
        <source>It is withdrawn at once, or not at all: if the platform can&apos;t be reached, your case goes on.</source>
        <translation>要么马上撤回，要么不撤回：连不上政务平台时，办件照常办理。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>办理单位</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>办件编号</translation>
    </message>
</context>
<context>
    <name>Workshop</name>
    <message>
        <source>Workshop</source>
        <translation>检修</translation>
    </message>
</context>
<context>
    <name>WorkshopGate</name>
    <message>
        <source>For technicians</source>
        <translation>技术人员登录</translation>
    </message>
    <message>
        <source>Residents are not served while you are signed in. One-time codes need the right time: it is %1 here.</source>
        <translation>登录期间，本机不对外服务。动态码要求时间准确：本机现在是 %1。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>One-time code of your phone</source>
        <translation>手机上的动态码</translation>
    </message>
    <message>
        <source>Too many wrong tries: this number is locked for a while.</source>
        <translation>错误次数太多，这个工号暂时锁住了。</translation>
    </message>
    <message>
        <source>The number, the PIN or the one-time code is wrong.</source>
        <translation>工号、密码或动态码不对。</translation>
    </message>
</context>
<context>
    <name>WorkshopPages</name>
    <message>
        <source>Overview</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Drills</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>待发</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>The portal&apos;s notices to everybody stand on the first screen.</source>
        <translation>政务平台发给大家的公告显示在首屏。</translation>
    </message>
    <message>
        <source>Off: who goes away is noticed by the idle clock alone.</source>
        <translation>关闭后，人离开了只靠无操作计时发现。</translation>
    </message>
    <message>
        <source>For scanners that type what they read. A serial scanner is better.</source>
        <translation>用于按键盘方式输入的扫码器。串口扫码器更好。</translation>
    </message>
    <message>
        <source>Each visit begins in this language; residents may choose another.</source>
        <translation>每次办事从这种语言开始，群众可以另选。</translation>
    </message>
    <message>
        <source>Low reach is measured by it.</source>
        <translation>低位操作按这个高度计算。</translation>
    </message>
    <message>
        <source>The sizes of words are measured by it.</source>
        <translation>字号大小按这个距离计算。</translation>
    </message>
    <message>
        <source>Low reach then means 1120 mm instead of 1220 mm.</source>
        <translation>打开后，低位操作的上限是 1120 毫米，不是 1220 毫米。</translation>
    </message>
    <message>
        <source>Longer for slow lines; residents wait as long at most.</source>
        <translation>线路慢可以调长；群众最多等这么久。</translation>
    </message>
    <message>
        <source>On battery below this, only what began is finished.</source>
        <translation>用电池时低于这个值，只把已经开始的办完。</translation>
    </message>
    <message>
        <source>Beyond it nothing more is taken for later; nothing is ever thrown away.</source>
        <translation>超过后不再收需要暂存的事项；已收的绝不丢弃。</translation>
    </message>
    <message>
        <source>Once the oldest waits longer, nothing more is taken for later.</source>
        <translation>最早的一件等得比这更久，就不再收需要暂存的事项。</translation>
    </message>
    <message>
        <source>With less room nothing more is taken for later.</source>
        <translation>剩余空间低于这个值，不再收需要暂存的事项。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Undo the newest</source>
        <translation>撤销最近一次</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>This account may not do that.</source>
        <translation>这个工号没有这项权限。</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>请稍等……</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一下</translation>
    </message>
    <message>
        <source>Start it afresh</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Send it now</source>
        <translation>现在就送</translation>
    </message>
    <message>
        <source>Give up the drill</source>
        <translation>放弃演练</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>这里没有内容。</translation>
    </message>
</context>
<context>
    <name>WorkshopSetting</name>
    <message>
        <source>Now %1, from: %2</source>
        <translation>现在是 %1，来自：%2</translation>
    </message>
    <message>
        <source>A change counts from the next start. It can be undone under Changes.</source>
        <translation>改动从下次启动起生效，可以在“改动”里撤销。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Keep this value</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>WorkshopWords</name>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Its time</source>
        <translation>本机时间</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>磁盘剩余空间</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程号</translation>
    </message>
    <message>
        <source>Chain of records</source>
        <translation>记录链</translation>
    </message>
    <message>
        <source>The chain is broken here</source>
        <translation>记录链在这里断开</translation>
    </message>
    <message>
        <source>Government platform</source>
        <translation>政务平台</translation>
    </message>
    <message>
        <source>ID card reader</source>
        <translation>身份证读卡器</translation>
    </message>
    <message>
        <source>Smart card reader</source>
        <translation>社保卡读卡器</translation>
    </message>
    <message>
        <source>Receipt printer</source>
        <translation>凭条打印机</translation>
    </message>
    <message>
        <source>Document printer</source>
        <translation>文档打印机</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Document camera</source>
        <translation>高拍仪</translation>
    </message>
    <message>
        <source>Code scanner</source>
        <translation>扫码器</translation>
    </message>
    <message>
        <source>Indicator lights</source>
        <translation>指示灯</translation>
    </message>
    <message>
        <source>Presence sensor</source>
        <translation>人体感应器</translation>
    </message>
    <message>
        <source>Power supply</source>
        <translation>不间断电源</translation>
    </message>
    <message>
        <source>Headset jack</source>
        <translation>耳机插孔</translation>
    </message>
    <message>
        <source>online</source>
        <translation>联机</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已断电</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>未接入</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>硬件故障</translation>
    </message>
    <message>
        <source>needs a hand</source>
        <translation>待人工处理</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>工作中</translation>
    </message>
    <message>
        <source>card in it</source>
        <translation>有卡</translation>
    </message>
    <message>
        <source>no card</source>
        <translation>无卡</translation>
    </message>
    <message>
        <source>card jammed</source>
        <translation>卡卡住了</translation>
    </message>
    <message>
        <source>card on its way in</source>
        <translation>正在进卡</translation>
    </message>
    <message>
        <source>card: not known</source>
        <translation>卡片状态不明</translation>
    </message>
    <message>
        <source>somebody there</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>nobody there</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>person: not known</source>
        <translation>有无人不明</translation>
    </message>
    <message>
        <source>headset in</source>
        <translation>耳机已插入</translation>
    </message>
    <message>
        <source>no headset</source>
        <translation>未插耳机</translation>
    </message>
    <message>
        <source>headset: not known</source>
        <translation>耳机状态不明</translation>
    </message>
    <message>
        <source>sheet in it</source>
        <translation>有纸在通道</translation>
    </message>
    <message>
        <source>no sheet</source>
        <translation>通道无纸</translation>
    </message>
    <message>
        <source>paper jam</source>
        <translation>卡纸</translation>
    </message>
    <message>
        <source>sheet on its way</source>
        <translation>正在走纸</translation>
    </message>
    <message>
        <source>sheet: not known</source>
        <translation>通道状态不明</translation>
    </message>
    <message>
        <source>paper enough</source>
        <translation>纸充足</translation>
    </message>
    <message>
        <source>paper low</source>
        <translation>纸将尽</translation>
    </message>
    <message>
        <source>paper out</source>
        <translation>缺纸</translation>
    </message>
    <message>
        <source>paper: not known</source>
        <translation>纸量不明</translation>
    </message>
    <message>
        <source>toner enough</source>
        <translation>墨粉充足</translation>
    </message>
    <message>
        <source>toner low</source>
        <translation>墨粉将尽</translation>
    </message>
    <message>
        <source>toner out</source>
        <translation>墨粉用尽</translation>
    </message>
    <message>
        <source>toner: not known</source>
        <translation>墨粉量不明</translation>
    </message>
    <message>
        <source>Cut the line to the portal</source>
        <translation>断开到政务平台的网线</translation>
    </message>
    <message>
        <source>Unplug a device</source>
        <translation>拔掉设备的线</translation>
    </message>
    <message>
        <source>Take the paper out</source>
        <translation>取出纸卷</translation>
    </message>
    <message>
        <source>Empty the tray</source>
        <translation>清空纸盒</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>证书颁发机构</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>本机证书</translation>
    </message>
    <message>
        <source>Name of the portal</source>
        <translation>政务平台域名</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>网络连接</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>The portal&apos;s answer</source>
        <translation>政务平台应答</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>接口版本</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>访问权限</translation>
    </message>
    <message>
        <source>Settings from afar</source>
        <translation>远程配置</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>申办</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评价</translation>
    </message>
    <message>
        <source>What was missing</source>
        <translation>补正材料</translation>
    </message>
    <message>
        <source>Withdrawal</source>
        <translation>撤回申请</translation>
    </message>
    <message>
        <source>Kept for elsewhere</source>
        <translation>暂存异地续办</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>answer missing</source>
        <translation>待核实</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒收</translation>
    </message>
    <message>
        <source>stuck</source>
        <translation>待人工处理</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Taken here</source>
        <translation>本机受理</translation>
    </message>
    <message>
        <source>Sent anew by hand</source>
        <translation>人工重发</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>收到答复</translation>
    </message>
    <message>
        <source>Not got through</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation>查询结果</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Found after a restart</source>
        <translation>重启后恢复</translation>
    </message>
    <message>
        <source>Body erased</source>
        <translation>内容已擦除</translation>
    </message>
    <message>
        <source>Upload given up</source>
        <translation>已放弃上传的附件</translation>
    </message>
    <message>
        <source>Portal told how it ended</source>
        <translation>已把结果告知政务平台</translation>
    </message>
    <message>
        <source>Notices on the first screen</source>
        <translation>首屏显示通知</translation>
    </message>
    <message>
        <source>Presence sensor is heard</source>
        <translation>启用人体感应</translation>
    </message>
    <message>
        <source>Scanner types as a keyboard</source>
        <translation>扫码器为键盘模式</translation>
    </message>
    <message>
        <source>Language at the start</source>
        <translation>开机语言</translation>
    </message>
    <message>
        <source>Panel above the floor (mm)</source>
        <translation>屏幕下沿离地（毫米）</translation>
    </message>
    <message>
        <source>Eyes to panel (mm)</source>
        <translation>眼睛到屏幕（毫米）</translation>
    </message>
    <message>
        <source>One reaches over something</source>
        <translation>屏幕前有台面阻隔</translation>
    </message>
    <message>
        <source>Wait for a connection (s)</source>
        <translation>连接超时（秒）</translation>
    </message>
    <message>
        <source>Wait for an answer (s)</source>
        <translation>应答超时（秒）</translation>
    </message>
    <message>
        <source>No new errand below (% of battery)</source>
        <translation>低于此电量不接新事项（%）</translation>
    </message>
    <message>
        <source>No new errand below (s of battery)</source>
        <translation>电池撑不到此时长不接新事项（秒）</translation>
    </message>
    <message>
        <source>Most items kept waiting</source>
        <translation>待发送上限（件）</translation>
    </message>
    <message>
        <source>Longest wait (h)</source>
        <translation>最长等待（小时）</translation>
    </message>
    <message>
        <source>Room left on the disk (MiB)</source>
        <translation>磁盘预留空间（MiB）</translation>
    </message>
    <message>
        <source>as shipped</source>
        <translation>出厂值</translation>
    </message>
    <message>
        <source>changed here</source>
        <translation>本机改动</translation>
    </message>
    <message>
        <source>from afar</source>
        <translation>远程下发</translation>
    </message>
    <message>
        <source>from the command line</source>
        <translation>命令行指定</translation>
    </message>
    <message>
        <source>of this model</source>
        <translation>机型预设</translation>
    </message>
    <message>
        <source>of the demonstration</source>
        <translation>演示预设</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Serious error</source>
        <translation>严重错误</translation>
    </message>
    <message>
        <source>Technician signed in</source>
        <translation>技术员登录</translation>
    </message>
    <message>
        <source>Technician signed out</source>
        <translation>技术员退出</translation>
    </message>
    <message>
        <source>Sign-in refused</source>
        <translation>登录被拒</translation>
    </message>
    <message>
        <source>Number locked</source>
        <translation>编号已锁定</translation>
    </message>
    <message>
        <source>Device tried</source>
        <translation>试用设备</translation>
    </message>
    <message>
        <source>Device started afresh</source>
        <translation>重启设备进程</translation>
    </message>
    <message>
        <source>Item sent now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Setting changed</source>
        <translation>修改设置</translation>
    </message>
    <message>
        <source>Change undone</source>
        <translation>撤销改动</translation>
    </message>
    <message>
        <source>Visit began</source>
        <translation>服务开始</translation>
    </message>
    <message>
        <source>Visit ended</source>
        <translation>服务结束</translation>
    </message>
    <message>
        <source>Visit broken off</source>
        <translation>服务中断</translation>
    </message>
    <message>
        <source>Idle warning</source>
        <translation>久未操作提醒</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>作出评价</translation>
    </message>
    <message>
        <source>Headset in or out</source>
        <translation>耳机插拔</translation>
    </message>
    <message>
        <source>Staff vouched for somebody</source>
        <translation>工作人员核验</translation>
    </message>
    <message>
        <source>Staff called</source>
        <translation>呼叫工作人员</translation>
    </message>
    <message>
        <source>Call of staff ended</source>
        <translation>呼叫结束</translation>
    </message>
    <message>
        <source>Power changed</source>
        <translation>供电变化</translation>
    </message>
    <message>
        <source>Shutting down</source>
        <translation>请求关机</translation>
    </message>
    <message>
        <source>Shutdown called off</source>
        <translation>取消关机</translation>
    </message>
    <message>
        <source>Shutdown failed</source>
        <translation>关机失败</translation>
    </message>
    <message>
        <source>Closed for want of power</source>
        <translation>因断电停机</translation>
    </message>
</context>
<context>
    <name>WritingBoard</name>
    <message>
        <source>Write one character here</source>
        <translation>请在这里写一个字</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>擦掉重写</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
</TS>
