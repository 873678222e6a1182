<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_HK" sourcelanguage="en">
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
        <translation>沒有列出，直接輸入</translation>
    </message>
    <message>
        <source>Street, number, building, flat</source>
        <translation>路名、門牌、樓棟、房號</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>就選 %1</translation>
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
        <translation>上一頁</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>下一頁</translation>
    </message>
</context>
<context>
    <name>AnswerScreen</name>
    <message>
        <source>From %1, as of %2.</source>
        <translation>來源：%1，截至 %2。</translation>
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
        <translation>正在為您查詢</translation>
    </message>
    <message>
        <source>Nothing about you was found here.</source>
        <translation>這裏沒有查到您的記錄。</translation>
    </message>
</context>
<context>
    <name>AssistSheet</name>
    <message>
        <source>Make it easier</source>
        <translation>讓操作更輕鬆</translation>
    </message>
    <message>
        <source>Kept for this visit only.</source>
        <translation>只在這一次辦事中有效。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字號</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>標準</translation>
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
        <translation>高對比</translation>
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
        <translation>要按的都放低，夠得着</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>慢一點</translation>
    </message>
    <message>
        <source>More time for every step</source>
        <translation>每一步都多給時間</translation>
    </message>
    <message>
        <source>Voice guidance</source>
        <translation>語音引導</translation>
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
        <translation>手、耳和節奏</translation>
    </message>
    <message>
        <source>Reads the screen to you</source>
        <translation>把屏幕上的字讀給您聽</translation>
    </message>
    <message>
        <source>No sound here at present</source>
        <translation>這台機器現在沒有聲音</translation>
    </message>
    <message>
        <source>No motion</source>
        <translation>不要動畫</translation>
    </message>
    <message>
        <source>Nothing moves on the screen</source>
        <translation>屏幕上什麼都不動</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>語音</translation>
    </message>
    <message>
        <source>Keys: F1 reads the page, F2 repeats, F3 silence, F4 and F5 speed, F6 pause, F7 skip, F8 and F9 volume</source>
        <translation>按鍵：F1 朗讀整頁，F2 再聽一遍，F3 靜音，F4、F5 語速，F6 暫停，F7 跳過，F8、F9 音量</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Softer</source>
        <translation>小聲一點</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>大聲一點</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>語速</translation>
    </message>
    <message>
        <source>Speak slower</source>
        <translation>説慢一點</translation>
    </message>
    <message>
        <source>Speak faster</source>
        <translation>説快一點</translation>
    </message>
    <message>
        <source>Nobody needs to come any more</source>
        <translation>不用來人了</translation>
    </message>
    <message>
        <source>Voice, low reach, pace, motion</source>
        <translation>語音、低位操作、放慢、動畫</translation>
    </message>
    <message>
        <source>Text size and contrast</source>
        <translation>字號和對比度</translation>
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
        <translation>您好！輕觸這裏開始</translation>
    </message>
    <message>
        <source>Citizen Window</source>
        <translation>市民之窗</translation>
    </message>
    <message>
        <source>Government services,
here and now.</source>
        <translation>政務服務，
就在這裏辦。</translation>
    </message>
    <message numerus="yes">
        <source>Proofs, applications, payments and appointments for %1 and %n partner cities. Only your ID card is needed.</source>
        <translation>
            <numerusform>%1和 %n 個合作城市的證明、申請、繳費、預約，帶身份證就能辦。</numerusform>
        </translation>
    </message>
    <message>
        <source>Proofs, applications, payments and appointments. Only your ID card is needed.</source>
        <translation>證明、申請、繳費、預約，帶身份證就能辦。</translation>
    </message>
    <message>
        <source>Touch here to begin</source>
        <translation>輕觸這裏，開始辦事</translation>
    </message>
    <message>
        <source>the card reader is out of order</source>
        <translation>讀卡器暫時不能用</translation>
    </message>
    <message>
        <source>no receipts can be printed</source>
        <translation>不能打印憑條</translation>
    </message>
    <message>
        <source>no proofs can be printed</source>
        <translation>不能打印證明</translation>
    </message>
    <message>
        <source>staff check faces instead of the camera</source>
        <translation>人臉由工作人員核對</translation>
    </message>
    <message>
        <source>the platform can&apos;t be reached</source>
        <translation>連不上政務平台</translation>
    </message>
    <message>
        <source>%1 (since %2)</source>
        <translation>%1（%2 起）</translation>
    </message>
    <message>
        <source>Everything works here right now</source>
        <translation>本機現在一切正常</translation>
    </message>
    <message>
        <source>Open, but today %1</source>
        <translation>可以辦事，但今天%1</translation>
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
        <translation>沒有應繳的費用</translation>
    </message>
    <message>
        <source>What would you like to pay?</source>
        <translation>您想繳哪一筆？</translation>
    </message>
    <message>
        <source>There is no open amount under your name.</source>
        <translation>您名下沒有待繳的金額。</translation>
    </message>
    <message>
        <source>Touch what you want to pay now.</source>
        <translation>點一下現在要繳的。</translation>
    </message>
    <message>
        <source>Touch what you want to pay now. Where there are several sums for one thing, one of them is paid.</source>
        <translation>點一下現在要繳的。同一項有幾檔金額的，選一檔。</translation>
    </message>
    <message>
        <source>Choose an amount</source>
        <translation>請選擇金額</translation>
    </message>
    <message>
        <source>Pay %1</source>
        <translation>繳費 %1</translation>
    </message>
    <message>
        <source>To be paid by %1</source>
        <translation>%1前繳清</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>接下來</translation>
    </message>
    <message>
        <source>You check it once more</source>
        <translation>再核對一遍</translation>
    </message>
    <message>
        <source>You scan a code and pay with your phone</source>
        <translation>用手機掃碼繳費</translation>
    </message>
    <message>
        <source>You get a receipt here</source>
        <translation>在這裏拿回執</translation>
    </message>
    <message>
        <source>Asking what is due</source>
        <translation>正在查詢應繳金額</translation>
    </message>
    <message>
        <source>Asked just now at %1</source>
        <translation>剛剛向%1查詢過</translation>
    </message>
    <message>
        <source>%1 · due %2</source>
        <translation>%1 · 截止 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen, together</source>
        <translation>
            <numerusform>已選 %n 筆，合計</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CardDrawing</name>
    <message>
        <source>Drawing: a card is lifted off the reader</source>
        <translation>圖：把證件從讀卡區拿起</translation>
    </message>
    <message>
        <source>Drawing: a card is laid flat on the reader</source>
        <translation>圖：把證件平放在讀卡區</translation>
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
        <translation>沒有批准</translation>
    </message>
    <message>
        <source>You have handed in at this terminal what was missing. It has not arrived yet and goes out by itself; please don&apos;t hand it in again.</source>
        <translation>缺的材料您已經在本機補交，還沒有送達，能送時自動送出，請不要重複補交。</translation>
    </message>
    <message>
        <source>You have withdrawn it at this terminal. That is not confirmed yet.</source>
        <translation>您已經在本機撤回，還沒有得到確認。</translation>
    </message>
    <message>
        <source>Please hand in what is missing by %1.</source>
        <translation>最晚%1，請把缺的補上。</translation>
    </message>
    <message>
        <source>Please be there on time, with your ID card.</source>
        <translation>請帶身份證按時到。</translation>
    </message>
    <message>
        <source>Please ask the authority for the reason, and what you can do.</source>
        <translation>請向辦理單位問明原因，以及還能怎麼辦。</translation>
    </message>
    <message>
        <source>Hand in what is missing</source>
        <translation>補交缺的材料</translation>
    </message>
    <message>
        <source>Cancel the appointment</source>
        <translation>取消預約</translation>
    </message>
    <message>
        <source>Withdraw the case</source>
        <translation>撤回辦件</translation>
    </message>
    <message>
        <source>This can&apos;t be handed in here</source>
        <translation>在這裏補交不了</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>還缺什麼</translation>
    </message>
    <message>
        <source>laid under the camera of the terminal</source>
        <translation>放在本機拍攝台上拍</translation>
    </message>
    <message>
        <source>filled in on the screen</source>
        <translation>在屏幕上填</translation>
    </message>
    <message>
        <source>The authority writes: %1</source>
        <translation>辦理單位説明：%1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>號碼</translation>
    </message>
    <message>
        <source>When</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地點</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚辦好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>預計%1</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>辦理單位</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到時間</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>簽名</translation>
    </message>
    <message>
        <source>Look-up code</source>
        <translation>查詢碼</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>辦件編號</translation>
    </message>
    <message>
        <source>What happened so far</source>
        <translation>辦理經過</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>My cases</source>
        <translation>我的辦件</translation>
    </message>
    <message>
        <source>There is nothing under your name</source>
        <translation>您名下沒有辦件</translation>
    </message>
    <message>
        <source>The platform knows of no case of yours.</source>
        <translation>政務平台上沒有查到您的辦件。</translation>
    </message>
    <message>
        <source>Newest first. Touch one to see how far it is.</source>
        <translation>最近的在最上面，點一件看辦到哪了。</translation>
    </message>
    <message>
        <source>Asking the platform for your cases</source>
        <translation>正在向政務平台查您的辦件</translation>
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
        <translation>終端收下、還沒送出去的，不在這裏：請用憑條上的查詢碼查。</translation>
    </message>
    <message>
        <source>done by about %1</source>
        <translation>預計%1前辦好</translation>
    </message>
    <message>
        <source>done by %1</source>
        <translation>%1前辦好</translation>
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
        <translation>上下鍵改，左右鍵換一欄</translation>
    </message>
    <message>
        <source>%1 on to %2</source>
        <translation>%1：進到%2</translation>
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
        <translation>按數字輸入</translation>
    </message>
    <message>
        <source>Leave empty</source>
        <translation>不填</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>就選 %1</translation>
    </message>
</context>
<context>
    <name>DevicePart</name>
    <message>
        <source>Drawing: the card reader, below the screen on the left</source>
        <translation>圖：讀卡器，在屏幕左下方</translation>
    </message>
    <message>
        <source>Drawing: the receipt slot, below the screen on the right</source>
        <translation>圖：憑條出口，在屏幕右下方</translation>
    </message>
    <message>
        <source>Drawing: the paper slot at the bottom</source>
        <translation>圖：最下方的出紙口</translation>
    </message>
    <message>
        <source>Drawing: the camera, above the screen</source>
        <translation>圖：屏幕上方的攝像頭</translation>
    </message>
    <message>
        <source>Drawing: the document camera, beside the screen</source>
        <translation>圖：屏幕旁邊的材料攝像頭</translation>
    </message>
    <message>
        <source>Drawing: this terminal</source>
        <translation>圖：這台機器</translation>
    </message>
</context>
<context>
    <name>FaceScreen</name>
    <message>
        <source>It is you, thank you</source>
        <translation>是您本人，謝謝</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>請看攝像頭</translation>
    </message>
    <message>
        <source>We compare your face with the photo on your card. The picture stays in this machine and is erased at once.</source>
        <translation>我們把您的臉和證件照片比對。畫面只在本機，用完立刻刪除。</translation>
    </message>
    <message>
        <source>Let staff check instead</source>
        <translation>請工作人員核對</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>請靠近一點</translation>
    </message>
    <message>
        <source>It is too dark; turn towards the light</source>
        <translation>太暗了，請朝亮的地方</translation>
    </message>
    <message>
        <source>Good, hold still</source>
        <translation>很好，請保持不動</translation>
    </message>
    <message>
        <source>Look straight at the camera</source>
        <translation>請正視攝像頭</translation>
    </message>
    <message>
        <source>Please stand alone in the picture</source>
        <translation>畫面裏請只留您一個人</translation>
    </message>
    <message>
        <source>Please stand in front of the camera</source>
        <translation>請站到攝像頭前</translation>
    </message>
    <message>
        <source>Comparing, a moment please</source>
        <translation>正在比對，請稍等</translation>
    </message>
    <message>
        <source>Live camera picture</source>
        <translation>攝像頭實時畫面</translation>
    </message>
    <message>
        <source>Try %1. Staff can check you at any time instead.</source>
        <translation>第 %1 次。您隨時可以請工作人員核對。</translation>
    </message>
</context>
<context>
    <name>FarewellScreen</name>
    <message>
        <source>It is still in the reader, where the light flashes.</source>
        <translation>卡還在讀卡口，燈在閃的地方。</translation>
    </message>
    <message>
        <source>Please take your card</source>
        <translation>請取走您的卡</translation>
    </message>
    <message>
        <source>Goodbye, and take care</source>
        <translation>再見，請慢走</translation>
    </message>
    <message>
        <source>Please take your card and your paper.</source>
        <translation>請拿好證件和打印的紙張。</translation>
    </message>
    <message>
        <source>Please take your card and your things.</source>
        <translation>請拿好證件和隨身物品。</translation>
    </message>
    <message>
        <source>Everything about you is erased from this screen and machine</source>
        <translation>本機和屏幕上您的信息已全部清除</translation>
    </message>
    <message>
        <source>Erasing everything about you</source>
        <translation>正在清除您的全部信息</translation>
    </message>
    <message>
        <source>Card data, camera picture, what you typed, your signature. What was handed in is sealed; this machine can&apos;t read it.</source>
        <translation>證件信息、攝像頭畫面、您填的內容和簽名。已提交的內容是加密的，本機讀不了。</translation>
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
        <translation>來自您的證件，這裏不能改</translation>
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
        <translation>共 18 位，照身份證填</translation>
    </message>
    <message>
        <source>18 characters, on the business licence</source>
        <translation>共 18 位，在營業執照上</translation>
    </message>
    <message>
        <source>16 to 19 digits, on the front of the card</source>
        <translation>16 到 19 位數字，在卡的正面</translation>
    </message>
    <message>
        <source>One of these characters is wrong: the last one does not fit. Please compare with the card.</source>
        <translation>有一位填錯了：最後一位和前面對不上，請對照身份證看一遍</translation>
    </message>
    <message>
        <source>One of these characters is wrong: the last one does not fit. Please compare with the business licence.</source>
        <translation>有一位填錯了：最後一位和前面對不上，請對照營業執照看一遍</translation>
    </message>
    <message>
        <source>Too small: please enter at least %1</source>
        <translation>太小了，請填不少於 %1</translation>
    </message>
    <message>
        <source>Too large: please enter at most %1</source>
        <translation>太大了，請填不超過 %1</translation>
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
        <translation>太長了，最多 %1 個字</translation>
    </message>
    <message>
        <source>Please enter a number</source>
        <translation>請填數字</translation>
    </message>
    <message>
        <source>There is no such day. Please enter year, month and day, such as 1958-03-21</source>
        <translation>沒有這一天，請按年-月-日填，例如 1958-03-21</translation>
    </message>
    <message>
        <source>There is no such month. Please enter year and month, such as 2026-12</source>
        <translation>沒有這個月，請按年-月填，例如 2026-12</translation>
    </message>
    <message>
        <source>Too early: please choose %1 or later</source>
        <translation>太早了，請選 %1 或以後</translation>
    </message>
    <message>
        <source>Too late: please choose %1 or earlier</source>
        <translation>太晚了，請選 %1 或以前</translation>
    </message>
    <message>
        <source>That is still to come: please choose an earlier one</source>
        <translation>還沒到這個日子，請選早一些的</translation>
    </message>
    <message>
        <source>That is over: please choose a later one</source>
        <translation>這個日子已經過了，請選晚一些的</translation>
    </message>
    <message>
        <source>Please choose the place first, down to the town</source>
        <translation>請先選地方，選到鎮街</translation>
    </message>
    <message>
        <source>Please type street and number as well</source>
        <translation>還要填路名和門牌</translation>
    </message>
    <message>
        <source>Please choose one</source>
        <translation>請選一項</translation>
    </message>
    <message>
        <source>Please check this</source>
        <translation>請再看看這一項</translation>
    </message>
    <message>
        <source>Please touch here and choose a date</source>
        <translation>請點這裏選日期</translation>
    </message>
    <message>
        <source>Please choose the place, then type street and number</source>
        <translation>請先選地方，再填路名和門牌</translation>
    </message>
    <message>
        <source>Please tick this to go on</source>
        <translation>請勾選這一項再繼續</translation>
    </message>
    <message>
        <source>Please fill this in</source>
        <translation>請填寫這一項</translation>
    </message>
    <message>
        <source>A mobile number has 11 digits, here are %1</source>
        <translation>手機號碼是 11 位，現在填了 %1 位</translation>
    </message>
    <message>
        <source>A mobile number begins with 13 to 19: please check the first digits</source>
        <translation>手機號碼以 13 到 19 開頭，請看看前幾位</translation>
    </message>
    <message>
        <source>It has 18 characters, here are %1</source>
        <translation>應當是 18 位，現在填了 %1 位</translation>
    </message>
    <message>
        <source>Please check: this does not look complete</source>
        <translation>請檢查，好像沒有填完整</translation>
    </message>
    <message>
        <source>It has 16 to 19 digits, here are %1</source>
        <translation>應當是 16 到 19 位，現在填了 %1 位</translation>
    </message>
</context>
<context>
    <name>FormScreen</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 頁，共 %2 頁</translation>
    </message>
    <message>
        <source>Your answer leads on.</source>
        <translation>選好就往下走。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一頁</translation>
    </message>
    <message>
        <source>Go on to check</source>
        <translation>去核對</translation>
    </message>
    <message>
        <source>Show what fits</source>
        <translation>看看符合什麼</translation>
    </message>
    <message>
        <source>Taken over from your ticket of %1</source>
        <translation>已從您 %1 的接續單接着辦</translation>
    </message>
    <message>
        <source>What is still missing is marked. You can change everything.</source>
        <translation>還缺的已標出，都可以改。</translation>
    </message>
    <message>
        <source>The authority did not take this yet</source>
        <translation>受理單位還沒有收下</translation>
    </message>
    <message>
        <source>Please correct what is marked, then hand it in again. Everything else is still there.</source>
        <translation>請改好標出的地方，再提交一次。其他內容都還在。</translation>
    </message>
    <message>
        <source>Touch here to choose</source>
        <translation>點這裏選</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message numerus="yes">
        <source>%n services</source>
        <translation>
            <numerusform>%n 項</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message>
        <source>Look it up</source>
        <translation>查詢</translation>
    </message>
    <message>
        <source>See what is due</source>
        <translation>看應繳多少</translation>
    </message>
    <message>
        <source>Get the proof</source>
        <translation>打印證明</translation>
    </message>
    <message>
        <source>Book a time</source>
        <translation>預約時間</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始辦理</translation>
    </message>
    <message>
        <source>Ask staff</source>
        <translation>請工作人員幫忙</translation>
    </message>
    <message numerus="yes">
        <source>At most %n days, weekends included</source>
        <translation>
            <numerusform>最多 %n 天（週末也算）</numerusform>
        </translation>
    </message>
    <message>
        <source>the city</source>
        <translation>市級</translation>
    </message>
    <message>
        <source>the district</source>
        <translation>區縣</translation>
    </message>
    <message>
        <source>the town or subdistrict</source>
        <translation>鎮街</translation>
    </message>
    <message>
        <source>the village or community</source>
        <translation>村居</translation>
    </message>
    <message>
        <source>Can be done here, now</source>
        <translation>現在就能在這裏辦</translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>約 %n 分鐘</numerusform>
        </translation>
    </message>
    <message>
        <source>What to bring</source>
        <translation>請帶好</translation>
    </message>
    <message>
        <source>What you do here</source>
        <translation>在這裏要做的</translation>
    </message>
    <message>
        <source>Say where your matter belongs</source>
        <translation>選這件事歸哪裏辦</translation>
    </message>
    <message>
        <source>Look at the camera</source>
        <translation>看一下攝像頭</translation>
    </message>
    <message>
        <source>Sign on the screen</source>
        <translation>在屏幕上簽名</translation>
    </message>
    <message>
        <source>Who handles it</source>
        <translation>由誰辦理</translation>
    </message>
    <message>
        <source>Where it belongs</source>
        <translation>辦理地</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>哪一級辦</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>多久辦好</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>當場</translation>
    </message>
    <message numerus="yes">
        <source>At most %n working days</source>
        <translation>
            <numerusform>最多 %n 個工作日</numerusform>
        </translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>費用</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>免費</translation>
    </message>
    <message>
        <source>Your ID card</source>
        <translation>本人身份證</translation>
    </message>
    <message>
        <source>Laid on the reader; nothing to copy</source>
        <translation>平放在讀卡區，不用複印</translation>
    </message>
    <message>
        <source>Or staff check you instead. The picture is not kept.</source>
        <translation>也可以請工作人員核對。畫面不保存。</translation>
    </message>
    <message>
        <source>Laid under the camera here; the paper stays yours</source>
        <translation>在本機攝像頭下拍照，原件您帶走</translation>
    </message>
    <message>
        <source>Only if you have it</source>
        <translation>有的話再帶</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>什麼都不用帶</translation>
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
        <translation>詳細説明</translation>
    </message>
</context>
<context>
    <name>HomeFoot</name>
    <message>
        <source>All you look for and do here is erased when you leave.</source>
        <translation>您查看和填寫的內容，離開後本機全部清除。</translation>
    </message>
    <message>
        <source>Finish and leave</source>
        <translation>辦完離開</translation>
    </message>
</context>
<context>
    <name>HomeFront</name>
    <message>
        <source>Most used here</source>
        <translation>本機常辦</translation>
    </message>
    <message>
        <source>By what happens in life</source>
        <translation>按人生大事找</translation>
    </message>
    <message>
        <source>For another city</source>
        <translation>異地辦理</translation>
    </message>
    <message>
        <source>%1 cities, %2 services</source>
        <translation>%1 個城市，%2 項可辦</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的辦件</translation>
    </message>
    <message>
        <source>Where they stand, go on</source>
        <translation>查進度、接着辦</translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>約 %n 分鐘</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · printed</source>
        <translation>%1 · 當場打印</translation>
    </message>
    <message>
        <source>%1 · by phone</source>
        <translation>%1 · 掃碼支付</translation>
    </message>
</context>
<context>
    <name>HomePlain</name>
    <message>
        <source>Find a service</source>
        <translation>找要辦的事</translation>
    </message>
    <message>
        <source>Most used here</source>
        <translation>本機常辦</translation>
    </message>
    <message>
        <source>By what happens in life</source>
        <translation>按人生大事找</translation>
    </message>
    <message>
        <source>For another city</source>
        <translation>異地辦理</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的辦件</translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message>
        <source>Which city does it belong to?</source>
        <translation>這件事歸哪個城市辦？</translation>
    </message>
    <message>
        <source>Find a service</source>
        <translation>找要辦的事</translation>
    </message>
    <message>
        <source>What can we do for you?</source>
        <translation>您好，今天想辦什麼事？</translation>
    </message>
    <message>
        <source>These can be done here for this city.</source>
        <translation>這些可以在這裏辦這個城市的事。</translation>
    </message>
    <message>
        <source>What do you need? For example: pension proof</source>
        <translation>您要辦什麼事？例如“社保證明”</translation>
    </message>
    <message>
        <source>Most used here</source>
        <translation>本機常辦</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的辦件</translation>
    </message>
    <message>
        <source>By what happens in life</source>
        <translation>按人生大事找</translation>
    </message>
    <message>
        <source>Nothing found for these words. Try another word, or call staff: we help you find it.</source>
        <translation>沒有找到。換個詞試試，或者呼叫工作人員，我們幫您找。</translation>
    </message>
    <message>
        <source>The terminal has just started. One moment, and what you typed is looked for.</source>
        <translation>終端剛剛啓動，請稍等，馬上查找您輸入的內容。</translation>
    </message>
    <message numerus="yes">
        <source>%n services found</source>
        <translation>
            <numerusform>找到 %n 項服務</numerusform>
        </translation>
    </message>
    <message>
        <source>Search for “%1”</source>
        <translation>搜索“%1”</translation>
    </message>
    <message>
        <source>Chinese, pinyin or first letters all work, such as “shebao” or “sb”.</source>
        <translation>漢字、拼音、首字母都可以，例如 shebao 或 sb。</translation>
    </message>
</context>
<context>
    <name>IdentifyScreen</name>
    <message>
        <source>Read</source>
        <translation>讀好了</translation>
    </message>
    <message>
        <source>Reading, leave the card there</source>
        <translation>正在讀，請先別拿走</translation>
    </message>
    <message>
        <source>Lay your ID card on the reader</source>
        <translation>請把身份證平放在讀卡區</translation>
    </message>
    <message>
        <source>Lift your card, then lay it down again</source>
        <translation>請把證件拿起來，再放一次</translation>
    </message>
    <message>
        <source>It takes about two seconds.</source>
        <translation>大約兩秒鐘。</translation>
    </message>
    <message>
        <source>Flat, photo up, below the screen on the left. Keep it there until you hear the tone.</source>
        <translation>照片朝上，放在屏幕左下方。聽到提示音再拿走。</translation>
    </message>
    <message>
        <source>A card has been lying there since the last reading. If it is not yours, please give it to staff.</source>
        <translation>上面有一張上次讀過的證件。不是您的，請交給工作人員。</translation>
    </message>
    <message>
        <source>Read the card</source>
        <translation>讀取證件</translation>
    </message>
    <message>
        <source>Ask staff to help</source>
        <translation>請工作人員幫忙</translation>
    </message>
    <message>
        <source>Card found</source>
        <translation>已感應到證件</translation>
    </message>
    <message>
        <source>Waiting for your card</source>
        <translation>等待您的證件</translation>
    </message>
    <message>
        <source>Nothing of your card is kept on this machine after your visit.</source>
        <translation>辦完以後，本機不留您證件上的任何信息。</translation>
    </message>
    <message>
        <source>Checking your code</source>
        <translation>正在核對您的碼</translation>
    </message>
    <message>
        <source>It takes a few seconds.</source>
        <translation>只需幾秒鐘。</translation>
    </message>
    <message>
        <source>Code read</source>
        <translation>已掃到碼</translation>
    </message>
    <message>
        <source>You can put your phone away.</source>
        <translation>手機可以收起來了。</translation>
    </message>
    <message>
        <source>Or show your identity code</source>
        <translation>也可以出示身份碼</translation>
    </message>
    <message>
        <source>Open it on your phone and hold the phone before the code window. A code works once.</source>
        <translation>在手機上打開身份碼，對準掃碼窗口。一個碼只能用一次。</translation>
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
        <translation>芯片朝上，插到底。之後請工作人員核對卡上照片。</translation>
    </message>
</context>
<context>
    <name>IdleSheet</name>
    <message>
        <source>Are you still there?</source>
        <translation>您還在嗎？</translation>
    </message>
    <message>
        <source>To protect you, this visit ends and everything is erased when the ring is empty.</source>
        <translation>為了保護您，圓環走完後會結束並清除全部信息。</translation>
    </message>
    <message>
        <source>Seconds left</source>
        <translation>剩餘秒數</translation>
    </message>
    <message>
        <source>I need more time</source>
        <translation>我還需要時間</translation>
    </message>
    <message>
        <source>I&apos;m finished, leave</source>
        <translation>我辦完了，離開</translation>
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
        <translation>辦理單位</translation>
    </message>
</context>
<context>
    <name>KeptScreen</name>
    <message>
        <source>Kept for you, not handed in yet</source>
        <translation>已為您存好，尚未提交</translation>
    </message>
    <message>
        <source>Go on at any terminal: touch “Go on with a ticket”, give this code, and identify yourself with the same document.</source>
        <translation>到任意一台終端，點“用接續單接着辦”，輸入這個碼，再用同一個證件核驗身份。</translation>
    </message>
    <message>
        <source>I have the code</source>
        <translation>我已記下接續碼</translation>
    </message>
    <message>
        <source>Ticket code</source>
        <translation>接續碼</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效到</translation>
    </message>
    <message>
        <source>Without network</source>
        <translation>斷網時</translation>
    </message>
    <message>
        <source>It is kept here, encrypted, and sent as soon as the network is back; you can go on then.</source>
        <translation>內容已加密存在本機，網絡一恢復就送到政務平台，那時就能接着辦。</translation>
    </message>
    <message>
        <source>Code to take a picture of, for the scanner of a terminal</source>
        <translation>可以拍下來、在終端掃的碼</translation>
    </message>
    <message>
        <source>If nothing is printed, write the code down or take a picture of it. Your consent and signature will be asked for anew.</source>
        <translation>沒有打印出來時，請抄下或拍下接續碼。同意和簽名要重新做。</translation>
    </message>
</context>
<context>
    <name>KeyRows</name>
    <message>
        <source>Capital letter</source>
        <translation>大寫</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Type the sound, touch the character</source>
        <translation>輸入讀音，再點漢字</translation>
    </message>
    <message>
        <source>Write a character, then touch it here</source>
        <translation>寫一個字，再在這裏點它</translation>
    </message>
    <message>
        <source>Type Chinese by sound</source>
        <translation>用拼音輸入</translation>
    </message>
    <message>
        <source>Write Chinese by hand</source>
        <translation>手寫輸入</translation>
    </message>
    <message>
        <source>Type letters</source>
        <translation>輸入字母</translation>
    </message>
    <message>
        <source>Type marks</source>
        <translation>輸入標點</translation>
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
        <translation>刪除</translation>
    </message>
</context>
<context>
    <name>LeaveSheet</name>
    <message>
        <source>Leave now?</source>
        <translation>現在離開嗎？</translation>
    </message>
    <message>
        <source>What was handed in stays handed in. Everything else on this screen is erased.</source>
        <translation>已經提交的仍然有效，屏幕上其他內容會清除。</translation>
    </message>
    <message>
        <source>Nothing has been handed in yet. What you entered will be erased.</source>
        <translation>還沒有提交任何內容。您填的會全部清除。</translation>
    </message>
    <message>
        <source>Stay and go on</source>
        <translation>留下，繼續辦</translation>
    </message>
    <message>
        <source>Keep it, go on elsewhere</source>
        <translation>存好，到別處接着辦</translation>
    </message>
    <message>
        <source>Leave and erase</source>
        <translation>離開並清除</translation>
    </message>
</context>
<context>
    <name>LookupScreen</name>
    <message>
        <source>Where is my case?</source>
        <translation>我的事辦到哪了？</translation>
    </message>
    <message>
        <source>Type the look-up code of your slip, or hold its square code to the scanner. No card is needed, and nothing about you is shown.</source>
        <translation>輸入憑條上的查詢碼，或把憑條上的二維碼對準掃碼口。不用刷卡，也不會顯示您的個人信息。</translation>
    </message>
    <message>
        <source>Type the code of your slip, or hold its square code to the scanner.</source>
        <translation>輸入憑條上的查詢碼，或把二維碼對準掃碼口。</translation>
    </message>
    <message>
        <source>Look up another</source>
        <translation>再查一個</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查詢</translation>
    </message>
    <message>
        <source>Looking where it stands</source>
        <translation>正在查辦到哪了</translation>
    </message>
    <message>
        <source>Look-up code</source>
        <translation>查詢碼</translation>
    </message>
    <message>
        <source>What</source>
        <translation>辦什麼</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到時間</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚辦好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>約 %1</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>To put right</source>
        <translation>要改的</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>消息來源</translation>
    </message>
    <message>
        <source>this terminal, which took it</source>
        <translation>就是這台終端</translation>
    </message>
    <message>
        <source>Code typed so far: %1</source>
        <translation>已輸入：%1</translation>
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
            <numerusform>最多 %n 頁，一頁一頁地拍。</numerusform>
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
        <translation>就用這張</translation>
    </message>
    <message>
        <source>I do not have it</source>
        <translation>我沒有這份材料</translation>
    </message>
    <message>
        <source>I will bring it later</source>
        <translation>我以後再補交</translation>
    </message>
    <message>
        <source>One more page</source>
        <translation>再拍一頁</translation>
    </message>
    <message>
        <source>Lay the paper on the shelf under the camera</source>
        <translation>請把材料平放在攝像頭下方的枱面上</translation>
    </message>
    <message>
        <source>Let go of the paper, it is being looked at</source>
        <translation>請鬆手，正在拍照</translation>
    </message>
    <message>
        <source>Move the paper to the left, as you see it here</source>
        <translation>請按畫面向左移一點</translation>
    </message>
    <message>
        <source>Move the paper to the right, as you see it here</source>
        <translation>請按畫面向右移一點</translation>
    </message>
    <message>
        <source>Move the paper up, as you see it here</source>
        <translation>請按畫面向上移一點</translation>
    </message>
    <message>
        <source>Move the paper down, as you see it here</source>
        <translation>請按畫面向下移一點</translation>
    </message>
    <message>
        <source>Lay the paper so that the whole of it can be seen</source>
        <translation>請放正，讓整頁都在畫面裏</translation>
    </message>
    <message>
        <source>The print is too small: bring the paper nearer to the camera</source>
        <translation>字太小，請讓材料離攝像頭近一點</translation>
    </message>
    <message>
        <source>It is too dark: take away what stands before the lamp</source>
        <translation>太暗了，請移開擋住燈光的東西</translation>
    </message>
    <message>
        <source>The light reflects on the paper: turn it a little</source>
        <translation>紙面反光，請稍微轉動一下</translation>
    </message>
    <message>
        <source>A shadow lies on the paper: step back a little</source>
        <translation>紙上有影子，請稍微後退一點</translation>
    </message>
    <message>
        <source>The picture is not sharp: press the paper flat</source>
        <translation>畫面不清楚，請把紙壓平</translation>
    </message>
    <message>
        <source>The paper moved while the picture was taken.</source>
        <translation>拍照時紙動了。</translation>
    </message>
    <message>
        <source>A part of the paper is cut off.</source>
        <translation>有一部分沒拍到。</translation>
    </message>
    <message>
        <source>The picture is too dark.</source>
        <translation>照片太暗。</translation>
    </message>
    <message>
        <source>The light reflects on the paper; part of it can&apos;t be read.</source>
        <translation>紙面反光，有的地方看不清。</translation>
    </message>
    <message>
        <source>A shadow lies on the paper.</source>
        <translation>紙上有影子。</translation>
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
        <translation>這份材料辦理單位看不了</translation>
    </message>
    <message>
        <source>Please lay it down once more, then hand everything in again. All the rest is still there.</source>
        <translation>請重新放好再拍一次，然後再提交。其他內容都還在。</translation>
    </message>
    <message>
        <source>The authority may ask for this paper again.</source>
        <translation>辦理單位可能會請您重新提交。</translation>
    </message>
    <message>
        <source>All pages are taken. You can take the paper away.</source>
        <translation>都拍好了，請收回材料。</translation>
    </message>
    <message>
        <source>Can you read it? Then take the paper away.</source>
        <translation>看得清嗎？看得清就請收回材料。</translation>
    </message>
    <message>
        <source>Live camera picture</source>
        <translation>攝像頭實時畫面</translation>
    </message>
    <message>
        <source>The page as it was taken</source>
        <translation>拍到的這一頁</translation>
    </message>
</context>
<context>
    <name>MyCases</name>
    <message>
        <source>All my cases</source>
        <translation>我的全部辦件</translation>
    </message>
    <message>
        <source>How far they are; hand in what is missing, withdraw. With your ID card</source>
        <translation>查進度、補材料、撤回，憑身份證</translation>
    </message>
    <message>
        <source>The platform can&apos;t be reached now, so they can&apos;t be shown</source>
        <translation>現在連不上政務平台，暫時看不到</translation>
    </message>
    <message>
        <source>Where is my case?</source>
        <translation>我的事辦到哪了？</translation>
    </message>
    <message>
        <source>With the look-up code of your slip: type it or scan it</source>
        <translation>用憑條上的查詢碼，輸入或掃碼都行</translation>
    </message>
    <message>
        <source>Go on with a ticket</source>
        <translation>用接續單接着辦</translation>
    </message>
    <message>
        <source>With the ticket of what you began and kept at a terminal</source>
        <translation>在別的終端填了一半、留了接續單的，可以在這裏接着辦</translation>
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
        <translation>繼續辦</translation>
    </message>
    <message>
        <source>Not needed any more</source>
        <translation>不用來了</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The call did not get through</source>
        <translation>沒有通知到工作人員</translation>
    </message>
    <message>
        <source>Staff have been called</source>
        <translation>已經呼叫工作人員</translation>
    </message>
    <message>
        <source>Staff were told at %1</source>
        <translation>%1 已通知工作人員</translation>
    </message>
    <message>
        <source>Staff have been called, %1</source>
        <translation>正在通知工作人員（%1）</translation>
    </message>
    <message>
        <source> Or ring %1.</source>
        <translation>也可以打電話 %1。</translation>
    </message>
    <message>
        <source>Try again, or go to the counter.</source>
        <translation>請再叫一次，或到窗口。</translation>
    </message>
    <message>
        <source>You can go on meanwhile.</source>
        <translation>您可以先繼續辦。</translation>
    </message>
    <message>
        <source>Call failed</source>
        <translation>沒有叫到</translation>
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
        <translation>停電，用電池</translation>
    </message>
    <message>
        <source>Switching off</source>
        <translation>就要關機</translation>
    </message>
    <message>
        <source>Headset in</source>
        <translation>耳機已插入</translation>
    </message>
    <message>
        <source>Voice is on</source>
        <translation>語音已打開</translation>
    </message>
    <message>
        <source>Headset out</source>
        <translation>耳機已拔出</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>No character sounds like that.</source>
        <translation>沒有這個音的字。</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>回到鍵盤</translation>
    </message>
    <message>
        <source>Show more characters</source>
        <translation>更多漢字</translation>
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
        <translation>暫停服務</translation>
    </message>
    <message>
        <source>Staff: %1</source>
        <translation>工作人員：%1</translation>
    </message>
    <message>
        <source>For the technician: %1 · %2</source>
        <translation>技術人員用：%1 · %2</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>Page %1</source>
        <translation>第 %1 頁</translation>
    </message>
    <message>
        <source>Remove page %1</source>
        <translation>刪除第 %1 頁</translation>
    </message>
</context>
<context>
    <name>PaperPreview</name>
    <message>
        <source>Small picture of the proof</source>
        <translation>證明的縮圖</translation>
    </message>
    <message>
        <source>Small picture of the receipt</source>
        <translation>憑條的縮圖</translation>
    </message>
</context>
<context>
    <name>PaperSheet</name>
    <message>
        <source>This is what is printed</source>
        <translation>打印出來就是這樣</translation>
    </message>
    <message>
        <source>Numbers of people are partly hidden, on paper too.</source>
        <translation>證件號碼在紙上也隱去一部分。</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 頁，共 %2 頁</translation>
    </message>
    <message>
        <source>Page %1 of what is printed</source>
        <translation>打印內容第 %1 頁</translation>
    </message>
    <message>
        <source>This page can&apos;t be shown here</source>
        <translation>這一頁這裏顯示不了</translation>
    </message>
    <message>
        <source>Printing does not need the picture. Please look at the paper itself.</source>
        <translation>不影響打印。請以打印出來的為準。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>PaymentScreen</name>
    <message>
        <source>Paid, thank you</source>
        <translation>已付款，謝謝</translation>
    </message>
    <message>
        <source>The time to pay is over</source>
        <translation>付款時間已過</translation>
    </message>
    <message>
        <source>The payment was cancelled</source>
        <translation>付款已取消</translation>
    </message>
    <message>
        <source>Pay with your phone</source>
        <translation>請用手機付款</translation>
    </message>
    <message>
        <source>Scan the code with WeChat, Alipay or UnionPay. The machine notices by itself.</source>
        <translation>用微信、支付寶或雲閃付掃碼，付好後機器會自動知道。</translation>
    </message>
    <message>
        <source>Nothing was charged.</source>
        <translation>沒有扣款。</translation>
    </message>
    <message>
        <source>Don&apos;t pay, end here</source>
        <translation>不付了，結束</translation>
    </message>
    <message>
        <source>Payment code to scan with your phone</source>
        <translation>手機掃描的付款碼</translation>
    </message>
    <message>
        <source>Valid for %1:%2 more</source>
        <translation>%1:%2 內有效</translation>
    </message>
    <message>
        <source>Waiting for your payment</source>
        <translation>等待您付款</translation>
    </message>
    <message>
        <source>This machine never sees your account or password.</source>
        <translation>本機看不到您的賬户和密碼。</translation>
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
        <translation>這件事歸哪個城市辦？</translation>
    </message>
    <message>
        <source>Where does your matter belong?</source>
        <translation>您的事歸哪裏辦？</translation>
    </message>
    <message>
        <source>Where in %1?</source>
        <translation>%1的哪裏？</translation>
    </message>
    <message>
        <source>Usually where you are registered or insured. It decides who handles %1.</source>
        <translation>一般看户口或社保在哪裏，就由哪裏辦“%1”。</translation>
    </message>
    <message>
        <source>Leave %1</source>
        <translation>離開%1</translation>
    </message>
</context>
<context>
    <name>PoliciesScreen</name>
    <message>
        <source>%1 may fit. As published on %2.</source>
        <translation>可能符合 %1 項。截至%2已公佈的政策。</translation>
    </message>
    <message>
        <source>None of those published until %1 fits.</source>
        <translation>截至%1已公佈的政策中，沒有符合的。</translation>
    </message>
    <message>
        <source>Apply for it</source>
        <translation>申報這項政策</translation>
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
        <translation>符合，免申即享，不用申報。</translation>
    </message>
    <message>
        <source>It fits. It has to be applied for.</source>
        <translation>符合，需要申報。</translation>
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
        <translation>長期有效</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>截止%1</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n day left)</source>
        <translation>
            <numerusform>%1（還有 %n 天）</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing with what is published</source>
        <translation>正在與已公佈的政策比對</translation>
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
            <numerusform>還有 %n 項不符合，點這裏看</numerusform>
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
            <numerusform>符合 %n 項。截至%1已公佈的政策。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fits, %1 may fit. As published on %2.</source>
        <translation>
            <numerusform>符合 %n 項，可能符合 %1 項。截至%2已公佈的政策。</numerusform>
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
        <translation>需要申報</translation>
    </message>
    <message>
        <source>Tell me of new ones, and of last days</source>
        <translation>有新政策、快截止時提醒我</translation>
    </message>
    <message>
        <source>Matched to your answers. Whether your business gets it is decided by the authority.</source>
        <translation>按您的回答匹配，能不能享受以主管部門認定為準。</translation>
    </message>
    <message>
        <source>What it gives</source>
        <translation>能享受什麼</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>要做什麼</translation>
    </message>
    <message>
        <source>Apply, here or at the counter.</source>
        <translation>在這裏或窗口申報。</translation>
    </message>
    <message>
        <source>Nothing: whoever it fits has it without applying.</source>
        <translation>不用申報，符合就能享受（免申即享）。</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>主管部門</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依據</translation>
    </message>
    <message>
        <source>Your answers that rule it out. Touch one to change it.</source>
        <translation>不符合是因為這些回答，點一下可以改。</translation>
    </message>
    <message>
        <source>Answer what decides it:</source>
        <translation>再答一題就知道：</translation>
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
        <translation>換一批（%1/%2）</translation>
    </message>
</context>
<context>
    <name>PrintCard</name>
    <message>
        <source>Fetching your proof</source>
        <translation>正在取您的證明</translation>
    </message>
    <message>
        <source>Your proof is being printed</source>
        <translation>正在打印您的證明</translation>
    </message>
    <message>
        <source>Your receipt is being printed</source>
        <translation>正在打印您的憑條</translation>
    </message>
    <message>
        <source>Proof printed, please take it</source>
        <translation>證明已打好，請取走</translation>
    </message>
    <message>
        <source>Receipt printed, please take it</source>
        <translation>憑條已打好，請取走</translation>
    </message>
    <message>
        <source>Please check that it is complete</source>
        <translation>請看看打印是否完整</translation>
    </message>
    <message>
        <source>The proof could not be printed</source>
        <translation>證明沒有打印出來</translation>
    </message>
    <message>
        <source>The receipt could not be printed</source>
        <translation>憑條沒有打印出來</translation>
    </message>
    <message>
        <source>Going on without the paper</source>
        <translation>不等紙質證明了</translation>
    </message>
    <message>
        <source>Going on without a receipt</source>
        <translation>不要憑條了</translation>
    </message>
    <message>
        <source>Print the proof on A4?</source>
        <translation>用 A4 紙打印證明嗎？</translation>
    </message>
    <message>
        <source>Would you like a receipt?</source>
        <translation>需要打印憑條嗎？</translation>
    </message>
    <message>
        <source>Page %1 of %2 is printed</source>
        <translation>第 %1 頁已打出，共 %2 頁</translation>
    </message>
    <message>
        <source>All sent, the printer has yet to confirm</source>
        <translation>已全部送出，等打印機確認</translation>
    </message>
    <message>
        <source>Your proof goes to the printer</source>
        <translation>正在把證明送往打印機</translation>
    </message>
    <message>
        <source>Your receipt goes to the printer</source>
        <translation>正在把憑條送往打印機</translation>
    </message>
    <message>
        <source>The tick appears when the printer says it is finished.</source>
        <translation>打印機確認打完後，這裏會打勾。</translation>
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
        <translation>先看看內容</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>看看內容</translation>
    </message>
    <message>
        <source>From the slot at the bottom</source>
        <translation>在最下方的出紙口</translation>
    </message>
    <message>
        <source>From the slot below the screen on the right</source>
        <translation>在屏幕右下方的憑條出口</translation>
    </message>
    <message>
        <source>Print it at any terminal with your look-up code.</source>
        <translation>憑查詢碼可以在任何一台機器打印。</translation>
    </message>
    <message>
        <source>Take a picture of the code on this screen: it shows your case anywhere.</source>
        <translation>請拍下屏幕上的查詢碼，在哪裏都能查。</translation>
    </message>
    <message>
        <source>Printed so far: page %1 of %2.</source>
        <translation>已打出第 %1 頁，共 %2 頁。</translation>
    </message>
    <message>
        <source>Printed so far: page %1.</source>
        <translation>已打出第 %1 頁。</translation>
    </message>
    <message>
        <source>It has begun: please leave the paper in the slot.</source>
        <translation>已經打了一部分，請先不要拉紙。</translation>
    </message>
    <message>
        <source>Nothing has come out yet.</source>
        <translation>還沒有打出來。</translation>
    </message>
    <message>
        <source>For the technician: %1</source>
        <translation>技術人員用：%1</translation>
    </message>
    <message>
        <source>Ask staff to help</source>
        <translation>請工作人員幫忙</translation>
    </message>
    <message>
        <source>Go on without the paper</source>
        <translation>不等了，以後再打印</translation>
    </message>
    <message>
        <source>Go on without a receipt</source>
        <translation>不要憑條，用查詢碼</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試一次</translation>
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
        <translation>今天辦得怎麼樣？</translation>
    </message>
    <message>
        <source>Only if you like. Your name does not go with it.</source>
        <translation>願意才評，不會附上您的名字。</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳過</translation>
    </message>
    <message>
        <source>Very good</source>
        <translation>非常滿意</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>滿意</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>基本滿意</translation>
    </message>
    <message>
        <source>Not good</source>
        <translation>不滿意</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>非常不滿意</translation>
    </message>
</context>
<context>
    <name>RestScreen</name>
    <message>
        <source>Touch to begin</source>
        <translation>輕觸屏幕，開始辦事</translation>
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
        <translation>已繳費併入賬</translation>
    </message>
    <message>
        <source>Your time is booked</source>
        <translation>預約成功</translation>
    </message>
    <message>
        <source>Your proof is issued</source>
        <translation>證明已出具</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>We have your request</source>
        <translation>已收到您的申請</translation>
    </message>
    <message>
        <source>Sent, not yet confirmed</source>
        <translation>已送出，還沒有確認</translation>
    </message>
    <message>
        <source>The platform did not accept it</source>
        <translation>政務平台沒有受理</translation>
    </message>
    <message>
        <source>Nothing was handed in</source>
        <translation>沒有提交</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>You need not come again. Follow it anywhere with the look-up code.</source>
        <translation>不用您再來。憑查詢碼，在哪裏都能查到進度。</translation>
    </message>
    <message>
        <source>Your request is sealed and kept here, and goes out by itself as soon as it can. You need not come again.</source>
        <translation>申請已加密存在本機，一通就自動送出，不用您再來。</translation>
    </message>
    <message>
        <source>The other city&apos;s system can&apos;t take it at the moment.</source>
        <translation>對方城市的系統現在收不了。</translation>
    </message>
    <message>
        <source>The platform can&apos;t be reached at the moment.</source>
        <translation>現在連不上政務平台。</translation>
    </message>
    <message>
        <source>The platform has not answered yet.</source>
        <translation>政務平台還沒有回覆。</translation>
    </message>
    <message>
        <source>Code to scan with your phone and follow your case</source>
        <translation>用手機掃這個碼，隨時查進度</translation>
    </message>
    <message>
        <source>Scan with your phone, or type it at any Citizen Window. It says nothing about you.</source>
        <translation>用手機掃碼查進度，或在任何一台市民之窗輸入查詢碼。碼裏沒有您的個人信息。</translation>
    </message>
    <message>
        <source>It left this machine, but the answer has not come back. Please don&apos;t hand it in again: we ask for it until we know.</source>
        <translation>申請已經送出，但還沒有收到回覆。請不要重複辦理，我們會一直查到有結果。</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>已補交</translation>
    </message>
    <message>
        <source>The appointment is cancelled</source>
        <translation>預約已取消</translation>
    </message>
    <message>
        <source>The case is withdrawn</source>
        <translation>辦件已撤回</translation>
    </message>
    <message>
        <source>We have what you handed in</source>
        <translation>您補交的材料已收下</translation>
    </message>
    <message>
        <source>Kept here, but staff must see to it</source>
        <translation>已存在本機，要請工作人員處理</translation>
    </message>
    <message>
        <source>Your time is free for others now. You need not do anything more.</source>
        <translation>這個時間已經讓出來了，您不用再做什麼。</translation>
    </message>
    <message>
        <source>The authority has stopped working on it. You need not do anything more.</source>
        <translation>辦理單位已經停止辦理，您不用再做什麼。</translation>
    </message>
    <message>
        <source>The authority has what it asked for and goes on with your case. You need not come again.</source>
        <translation>辦理單位已收到要補的材料，會接着辦，不用您再來。</translation>
    </message>
    <message>
        <source>What you handed in is sealed and kept here, and goes out by itself as soon as it can. The moment it was received counts.</source>
        <translation>您補交的材料已加密存在本機，能送時自動送出，以收到時間為準。</translation>
    </message>
    <message>
        <source>Your request is sealed and kept here, but it can&apos;t be sent on. Please show your slip to staff and don&apos;t hand it in again.</source>
        <translation>申請已加密存在本機，但送不出去。請把憑條給工作人員看，不要重複辦理。</translation>
    </message>
    <message>
        <source>Done, leave</source>
        <translation>辦好了，離開</translation>
    </message>
    <message>
        <source>Ask staff</source>
        <translation>請工作人員幫忙</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>再辦一件</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的辦件</translation>
    </message>
    <message>
        <source>Look-up code</source>
        <translation>查詢碼</translation>
    </message>
    <message>
        <source>What</source>
        <translation>辦什麼</translation>
    </message>
    <message>
        <source>When</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地點</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到時間</translation>
    </message>
    <message>
        <source>%1, this moment counts</source>
        <translation>%1，以這個時間為準</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>時鐘</translation>
    </message>
    <message>
        <source>not yet compared with the platform&apos;s, the time may be off</source>
        <translation>還沒有和政務平台核對過，時間可能有出入</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚辦好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>約 %1</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>辦件編號</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
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
        <translation>已送出，等待確認</translation>
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
        <translation>已辦結</translation>
    </message>
    <message>
        <source>Being handled</source>
        <translation>正在辦理</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>沒有受理</translation>
    </message>
    <message>
        <source>Staff can help you at once, or you try again later.</source>
        <translation>工作人員可以馬上幫您，您也可以稍後再試。</translation>
    </message>
</context>
<context>
    <name>ResumeScreen</name>
    <message>
        <source>Go on with a ticket</source>
        <translation>用接續單接着辦</translation>
    </message>
    <message>
        <source>Type the code of your ticket, or hold its square code to the scanner. You will then be asked for the same document as before.</source>
        <translation>請輸入接續單上的接續碼，或把方形碼對準掃碼口。然後要用同一個證件核驗身份。</translation>
    </message>
    <message>
        <source>Type the code of your ticket, or hold its square code to the scanner.</source>
        <translation>輸入接續單上的接續碼，或把方形碼對準掃碼口。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>接着辦</translation>
    </message>
    <message>
        <source>Fetching what you filled in</source>
        <translation>正在取回您填寫的內容</translation>
    </message>
    <message>
        <source>Looking at your ticket</source>
        <translation>正在核對接續單</translation>
    </message>
    <message>
        <source>Code typed so far: %1</source>
        <translation>已輸入的碼：%1</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Please check everything</source>
        <translation>請核對全部內容</translation>
    </message>
    <message>
        <source>Nothing is handed in before you have signed.</source>
        <translation>您簽名之前，什麼都不會提交。</translation>
    </message>
    <message>
        <source>Nothing is handed in before you press “%1”.</source>
        <translation>您按“%1”之前，什麼都不會提交。</translation>
    </message>
    <message>
        <source>Tick “I agree” first</source>
        <translation>請先勾選“同意”</translation>
    </message>
    <message>
        <source>All correct, sign</source>
        <translation>都對，去簽名</translation>
    </message>
    <message>
        <source>Correct, pay %1</source>
        <translation>正確，繳費 %1</translation>
    </message>
    <message>
        <source>Correct, book it</source>
        <translation>正確，確認預約</translation>
    </message>
    <message>
        <source>All correct, hand in</source>
        <translation>都對，提交</translation>
    </message>
    <message>
        <source>Agree and print</source>
        <translation>同意並打印</translation>
    </message>
    <message>
        <source>Taken over from your ticket of %1</source>
        <translation>已從您 %1 的接續單接着辦</translation>
    </message>
    <message>
        <source>Nothing is missing. Please check it; you agree and sign anew.</source>
        <translation>沒有缺項，請核對。同意和簽名要重新做。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>身份證號碼</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>預約</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>應付</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>送往</translation>
    </message>
    <message>
        <source>How</source>
        <translation>辦理方式</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>最晚辦好</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>約 %1</translation>
    </message>
    <message>
        <source>Let go to hide</source>
        <translation>鬆手就遮住</translation>
    </message>
    <message>
        <source>Hold to show in full</source>
        <translation>按住顯示全部</translation>
    </message>
    <message numerus="yes">
        <source>%n pages taken</source>
        <translation>
            <numerusform>已拍 %n 頁</numerusform>
        </translation>
    </message>
    <message>
        <source>To be brought later</source>
        <translation>以後補交</translation>
    </message>
    <message>
        <source>Not handed in</source>
        <translation>未提交</translation>
    </message>
    <message>
        <source>I have read this and agree</source>
        <translation>我已閲讀並同意</translation>
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
        <translation>向上滾動</translation>
    </message>
    <message>
        <source>More below</source>
        <translation>下面還有</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>向下滾動</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Find a service</source>
        <translation>找要辦的事</translation>
    </message>
    <message>
        <source>What do you need? For example: pension proof</source>
        <translation>您要辦什麼事？例如“社保證明”</translation>
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
        <translation>請用手指簽名</translation>
    </message>
    <message>
        <source>Please sign by confirming</source>
        <translation>請用確認代替簽名</translation>
    </message>
    <message>
        <source>Nothing is drawn. You confirm these words by pressing twice.</source>
        <translation>不用手寫。按兩次按鈕，確認下面這段話。</translation>
    </message>
    <message>
        <source>For %1. The signature goes only into this application.</source>
        <translation>用於%1。簽名只隨這份申請提交。</translation>
    </message>
    <message>
        <source>Sign and hand in</source>
        <translation>簽好了，提交</translation>
    </message>
    <message>
        <source>Yes, sign and hand in</source>
        <translation>是的，簽名並提交</translation>
    </message>
    <message>
        <source>I confirm this</source>
        <translation>我確認這段話</translation>
    </message>
    <message>
        <source>Draw after all</source>
        <translation>改為手寫</translation>
    </message>
    <message>
        <source>Please write your name in the frame first</source>
        <translation>請先在框裏寫上您的名字</translation>
    </message>
    <message>
        <source>Your face was not compared by the machine. So after your confirmation a member of staff comes, and witnesses it with you.</source>
        <translation>機器沒有核對過您的臉。您確認後，工作人員會過來見證。</translation>
    </message>
    <message>
        <source>Press the same button once more to sign</source>
        <translation>再按一次同一個按鈕，就簽好了</translation>
    </message>
    <message>
        <source>I can&apos;t draw</source>
        <translation>不便手寫</translation>
    </message>
    <message>
        <source>Or touch “%1” below: you can confirm instead.</source>
        <translation>不寫也行：點下面的“%1”，用確認代替。</translation>
    </message>
    <message>
        <source>That counts as signing and hands it in. “Back” goes back unsigned.</source>
        <translation>這次確認算您的簽名，隨後就提交。按“返回”可以退回，不籤。</translation>
    </message>
    <message>
        <source>Undo last stroke</source>
        <translation>撤銷一筆</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新籤</translation>
    </message>
    <message>
        <source>Write your name here</source>
        <translation>請在這裏寫您的名字</translation>
    </message>
    <message>
        <source>Signature pad</source>
        <translation>簽名區</translation>
    </message>
</context>
<context>
    <name>SlotsScreen</name>
    <message>
        <source>When suits you?</source>
        <translation>您什麼時候方便？</translation>
    </message>
    <message>
        <source>No time is free at the moment. Please try again tomorrow or ask staff.</source>
        <translation>現在沒有空閒時段。請明天再試，或問問工作人員。</translation>
    </message>
    <message numerus="yes">
        <source>%1. Free times on %n days.</source>
        <translation>
            <numerusform>%1。有空位的日子：%n 天。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a time</source>
        <translation>請選擇時間</translation>
    </message>
    <message>
        <source>Book %1</source>
        <translation>預約 %1</translation>
    </message>
    <message>
        <source>Looking for free times</source>
        <translation>正在查找空閒時段</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message numerus="yes">
        <source>%n places left</source>
        <translation>
            <numerusform>還有 %n 個名額</numerusform>
        </translation>
    </message>
    <message>
        <source>Full</source>
        <translation>約滿</translation>
    </message>
</context>
<context>
    <name>StaffScreen</name>
    <message>
        <source>Staff: compare and confirm</source>
        <translation>工作人員：請比對並確認</translation>
    </message>
    <message>
        <source>Staff: release this request</source>
        <translation>工作人員：請核對並放行</translation>
    </message>
    <message>
        <source>Staff: witness this signature</source>
        <translation>工作人員：請見證這次簽署</translation>
    </message>
    <message>
        <source>The person can&apos;t draw and has signed by confirming. Ask whether that is what they want. Your PIN witnesses it in your name.</source>
        <translation>辦事人不便手寫，用確認代替簽名。請當面問一句是不是本人的意思。輸入您的密碼，就是以您的名義見證。</translation>
    </message>
    <message>
        <source>No photo was read. Ask for the card and compare the person with the photo printed on it. Your PIN confirms it in your name.</source>
        <translation>沒有讀到照片。請查看證件，把本人與證件上印的照片核對。您的密碼錶示由您確認。</translation>
    </message>
    <message>
        <source>Is the person in front of the machine the one on the card? Your PIN confirms it in your name.</source>
        <translation>機器前的人和證件上的是同一個人嗎？您的密碼錶示由您確認。</translation>
    </message>
    <message>
        <source>Confirm: same person</source>
        <translation>確認是同一個人</translation>
    </message>
    <message>
        <source>Witness it</source>
        <translation>見證</translation>
    </message>
    <message>
        <source>Photo on the card</source>
        <translation>證件照片</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>證件上</translation>
    </message>
    <message>
        <source>Now, at the machine</source>
        <translation>機器前實時畫面</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現場</translation>
    </message>
    <message numerus="yes">
        <source>%n digits entered</source>
        <translation>
            <numerusform>已輸入 %n 位</numerusform>
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
        <translation>正在加密保存您的申請</translation>
    </message>
    <message>
        <source>Telling the authority</source>
        <translation>正在通知辦理單位</translation>
    </message>
    <message>
        <source>It can&apos;t be lost any more, even if the power fails now.</source>
        <translation>現在就是斷電也不會丟。</translation>
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
        <translation>看看哪裏能辦</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Read this page</source>
        <translation>朗讀整頁</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Call a person again</source>
        <translation>再呼叫一次工作人員</translation>
    </message>
    <message>
        <source>Call a person</source>
        <translation>呼叫工作人員</translation>
    </message>
    <message>
        <source>Staff have been called</source>
        <translation>已呼叫工作人員</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>朗讀</translation>
    </message>
    <message>
        <source>Again: pause, go on</source>
        <translation>再按：暫停、繼續</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>語音</translation>
    </message>
    <message>
        <source>Voice guidance</source>
        <translation>語音引導</translation>
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
        <translation>標準</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>對比</translation>
    </message>
    <message>
        <source>Contrast: %1</source>
        <translation>對比度：%1</translation>
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
        <translation>字號</translation>
    </message>
    <message>
        <source>Text size: %1</source>
        <translation>字號：%1</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Assistance: text size, contrast, voice, low reach, pace, motion</source>
        <translation>輔助：字號、對比度、語音、低位操作、放慢、動畫</translation>
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
        <translation>選事項</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>辦理地</translation>
    </message>
    <message>
        <source>Your card</source>
        <translation>刷證</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>填寫</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配結果</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>材料</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核對</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>取憑條</translation>
    </message>
</context>
<context>
    <name>TroubleSheet</name>
    <message>
        <source>Nothing you entered is lost.</source>
        <translation>您填的內容沒有丟。</translation>
    </message>
    <message>
        <source>For the technician: %1</source>
        <translation>技術人員用：%1</translation>
    </message>
</context>
<context>
    <name>TroubleWords</name>
    <message>
        <source>Try again</source>
        <translation>再試一次</translation>
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
        <translation>再掃一次</translation>
    </message>
    <message>
        <source>Use the ID card</source>
        <translation>改用身份證</translation>
    </message>
    <message>
        <source>Look at the camera again</source>
        <translation>再看一次攝像頭</translation>
    </message>
    <message>
        <source>Print it again</source>
        <translation>再打印一次</translation>
    </message>
    <message>
        <source>Check the amount again</source>
        <translation>重新核對金額</translation>
    </message>
    <message>
        <source>Choose another one</source>
        <translation>換一個</translation>
    </message>
    <message>
        <source>Type it again</source>
        <translation>再輸一遍</translation>
    </message>
    <message>
        <source>All right, I&apos;ll try later</source>
        <translation>知道了，過會兒再試</translation>
    </message>
    <message>
        <source>All right, I&apos;ll wait</source>
        <translation>知道了，我等等</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Ask staff to help</source>
        <translation>請工作人員幫忙</translation>
    </message>
    <message>
        <source>End here, go to the counter</source>
        <translation>到此結束，去窗口</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回上一步</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>到此結束</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>先不交這份</translation>
    </message>
    <message>
        <source>Close this</source>
        <translation>關閉提示</translation>
    </message>
    <message>
        <source>Keep it, go on elsewhere</source>
        <translation>存好，到別處接着辦</translation>
    </message>
</context>
<context>
    <name>WithdrawScreen</name>
    <message>
        <source>Cancel this appointment?</source>
        <translation>要取消這個預約嗎？</translation>
    </message>
    <message>
        <source>Withdraw this case?</source>
        <translation>要撤回這件事嗎？</translation>
    </message>
    <message>
        <source>No, keep it</source>
        <translation>不，保留</translation>
    </message>
    <message>
        <source>Yes, cancel it</source>
        <translation>確定取消</translation>
    </message>
    <message>
        <source>Yes, withdraw it</source>
        <translation>確定撤回</translation>
    </message>
    <message>
        <source>Your time is given to somebody else.</source>
        <translation>這個時間會讓給別人。</translation>
    </message>
    <message>
        <source>You can book again at any time, for what is free then.</source>
        <translation>以後可以隨時重新預約，但要看那時還有沒有號。</translation>
    </message>
    <message>
        <source>It is cancelled at once, or not at all: if the platform can&apos;t be reached, your time stays yours.</source>
        <translation>要麼馬上取消，要麼不取消：連不上政務平台時，預約照舊。</translation>
    </message>
    <message>
        <source>The authority stops working on it. What it has asked for need not be handed in any more.</source>
        <translation>辦理單位不再往下辦，要補的材料也不用再交。</translation>
    </message>
    <message>
        <source>It can&apos;t be taken up again. You can hand it in anew, and it then counts from that day.</source>
        <translation>撤回後不能恢復。可以重新提交，時間從那天算起。</translation>
    </message>
    <message>
        <source>An order that is not paid is cancelled; one that is paid keeps the case from being withdrawn.</source>
        <translation>還沒付款的訂單會取消；已經付款的，不能撤回。</translation>
    </message>
    <message>
        <source>It is withdrawn at once, or not at all: if the platform can&apos;t be reached, your case goes on.</source>
        <translation>要麼馬上撤回，要麼不撤回：連不上政務平台時，辦件照常辦理。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>辦理單位</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>辦件編號</translation>
    </message>
</context>
<context>
    <name>Workshop</name>
    <message>
        <source>Workshop</source>
        <translation>檢修</translation>
    </message>
</context>
<context>
    <name>WorkshopGate</name>
    <message>
        <source>For technicians</source>
        <translation>技術人員登錄</translation>
    </message>
    <message>
        <source>Residents are not served while you are signed in. One-time codes need the right time: it is %1 here.</source>
        <translation>登錄期間，本機不對外服務。動態碼要求時間準確：本機現在是 %1。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登錄</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工號</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>One-time code of your phone</source>
        <translation>手機上的動態碼</translation>
    </message>
    <message>
        <source>Too many wrong tries: this number is locked for a while.</source>
        <translation>錯誤次數太多，這個工號暫時鎖住了。</translation>
    </message>
    <message>
        <source>The number, the PIN or the one-time code is wrong.</source>
        <translation>工號、密碼或動態碼不對。</translation>
    </message>
</context>
<context>
    <name>WorkshopPages</name>
    <message>
        <source>Overview</source>
        <translation>概況</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>設備</translation>
    </message>
    <message>
        <source>Drills</source>
        <translation>演練</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>待發</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網絡</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設置</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改動</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日誌</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>審計</translation>
    </message>
    <message>
        <source>The portal&apos;s notices to everybody stand on the first screen.</source>
        <translation>政務平台發給大家的公告顯示在首屏。</translation>
    </message>
    <message>
        <source>Off: who goes away is noticed by the idle clock alone.</source>
        <translation>關閉後，人離開了只靠無操作計時發現。</translation>
    </message>
    <message>
        <source>For scanners that type what they read. A serial scanner is better.</source>
        <translation>用於按鍵盤方式輸入的掃碼器。串口掃碼器更好。</translation>
    </message>
    <message>
        <source>Each visit begins in this language; residents may choose another.</source>
        <translation>每次辦事從這種語言開始，羣眾可以另選。</translation>
    </message>
    <message>
        <source>Low reach is measured by it.</source>
        <translation>低位操作按這個高度計算。</translation>
    </message>
    <message>
        <source>The sizes of words are measured by it.</source>
        <translation>字號大小按這個距離計算。</translation>
    </message>
    <message>
        <source>Low reach then means 1120 mm instead of 1220 mm.</source>
        <translation>打開後，低位操作的上限是 1120 毫米，不是 1220 毫米。</translation>
    </message>
    <message>
        <source>Longer for slow lines; residents wait as long at most.</source>
        <translation>線路慢可以調長；羣眾最多等這麼久。</translation>
    </message>
    <message>
        <source>On battery below this, only what began is finished.</source>
        <translation>用電池時低於這個值，只把已經開始的辦完。</translation>
    </message>
    <message>
        <source>Beyond it nothing more is taken for later; nothing is ever thrown away.</source>
        <translation>超過後不再收需要暫存的事項；已收的絕不丟棄。</translation>
    </message>
    <message>
        <source>Once the oldest waits longer, nothing more is taken for later.</source>
        <translation>最早的一件等得比這更久，就不再收需要暫存的事項。</translation>
    </message>
    <message>
        <source>With less room nothing more is taken for later.</source>
        <translation>剩餘空間低於這個值，不再收需要暫存的事項。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登錄</translation>
    </message>
    <message>
        <source>Undo the newest</source>
        <translation>撤銷最近一次</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>This account may not do that.</source>
        <translation>這個工號沒有這項權限。</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>請稍等……</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>試一下</translation>
    </message>
    <message>
        <source>Start it afresh</source>
        <translation>重新啓動</translation>
    </message>
    <message>
        <source>Send it now</source>
        <translation>現在就送</translation>
    </message>
    <message>
        <source>Give up the drill</source>
        <translation>放棄演練</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>這裏沒有內容。</translation>
    </message>
</context>
<context>
    <name>WorkshopSetting</name>
    <message>
        <source>Now %1, from: %2</source>
        <translation>現在是 %1，來自：%2</translation>
    </message>
    <message>
        <source>A change counts from the next start. It can be undone under Changes.</source>
        <translation>改動從下次啓動起生效，可以在“改動”裏撤銷。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>開</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>關</translation>
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
        <translation>終端</translation>
    </message>
    <message>
        <source>Its time</source>
        <translation>本機時間</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>磁盤剩餘空間</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>待發送</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驅動</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>進程號</translation>
    </message>
    <message>
        <source>Chain of records</source>
        <translation>記錄鏈</translation>
    </message>
    <message>
        <source>The chain is broken here</source>
        <translation>記錄鏈在這裏斷開</translation>
    </message>
    <message>
        <source>Government platform</source>
        <translation>政務平台</translation>
    </message>
    <message>
        <source>ID card reader</source>
        <translation>身份證讀卡器</translation>
    </message>
    <message>
        <source>Smart card reader</source>
        <translation>社保卡讀卡器</translation>
    </message>
    <message>
        <source>Receipt printer</source>
        <translation>憑條打印機</translation>
    </message>
    <message>
        <source>Document printer</source>
        <translation>文檔打印機</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>攝像頭</translation>
    </message>
    <message>
        <source>Document camera</source>
        <translation>高拍儀</translation>
    </message>
    <message>
        <source>Code scanner</source>
        <translation>掃碼器</translation>
    </message>
    <message>
        <source>Indicator lights</source>
        <translation>指示燈</translation>
    </message>
    <message>
        <source>Presence sensor</source>
        <translation>人體感應器</translation>
    </message>
    <message>
        <source>Power supply</source>
        <translation>不間斷電源</translation>
    </message>
    <message>
        <source>Headset jack</source>
        <translation>耳機插孔</translation>
    </message>
    <message>
        <source>online</source>
        <translation>聯機</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>無應答</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已斷電</translation>
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
        <translation>待人工處理</translation>
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
        <translation>無卡</translation>
    </message>
    <message>
        <source>card jammed</source>
        <translation>卡卡住了</translation>
    </message>
    <message>
        <source>card on its way in</source>
        <translation>正在進卡</translation>
    </message>
    <message>
        <source>card: not known</source>
        <translation>卡片狀態不明</translation>
    </message>
    <message>
        <source>somebody there</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>nobody there</source>
        <translation>無人</translation>
    </message>
    <message>
        <source>person: not known</source>
        <translation>有無人不明</translation>
    </message>
    <message>
        <source>headset in</source>
        <translation>耳機已插入</translation>
    </message>
    <message>
        <source>no headset</source>
        <translation>未插耳機</translation>
    </message>
    <message>
        <source>headset: not known</source>
        <translation>耳機狀態不明</translation>
    </message>
    <message>
        <source>sheet in it</source>
        <translation>有紙在通道</translation>
    </message>
    <message>
        <source>no sheet</source>
        <translation>通道無紙</translation>
    </message>
    <message>
        <source>paper jam</source>
        <translation>卡紙</translation>
    </message>
    <message>
        <source>sheet on its way</source>
        <translation>正在走紙</translation>
    </message>
    <message>
        <source>sheet: not known</source>
        <translation>通道狀態不明</translation>
    </message>
    <message>
        <source>paper enough</source>
        <translation>紙充足</translation>
    </message>
    <message>
        <source>paper low</source>
        <translation>紙將盡</translation>
    </message>
    <message>
        <source>paper out</source>
        <translation>缺紙</translation>
    </message>
    <message>
        <source>paper: not known</source>
        <translation>紙量不明</translation>
    </message>
    <message>
        <source>toner enough</source>
        <translation>墨粉充足</translation>
    </message>
    <message>
        <source>toner low</source>
        <translation>墨粉將盡</translation>
    </message>
    <message>
        <source>toner out</source>
        <translation>墨粉用盡</translation>
    </message>
    <message>
        <source>toner: not known</source>
        <translation>墨粉量不明</translation>
    </message>
    <message>
        <source>Cut the line to the portal</source>
        <translation>斷開到政務平台的網線</translation>
    </message>
    <message>
        <source>Unplug a device</source>
        <translation>拔掉設備的線</translation>
    </message>
    <message>
        <source>Take the paper out</source>
        <translation>取出紙卷</translation>
    </message>
    <message>
        <source>Empty the tray</source>
        <translation>清空紙盒</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>證書頒發機構</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>本機證書</translation>
    </message>
    <message>
        <source>Name of the portal</source>
        <translation>政務平台域名</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>網絡連接</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>時鐘</translation>
    </message>
    <message>
        <source>The portal&apos;s answer</source>
        <translation>政務平台應答</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>接口版本</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>訪問權限</translation>
    </message>
    <message>
        <source>Settings from afar</source>
        <translation>遠程配置</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>申辦</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評價</translation>
    </message>
    <message>
        <source>What was missing</source>
        <translation>補正材料</translation>
    </message>
    <message>
        <source>Withdrawal</source>
        <translation>撤回申請</translation>
    </message>
    <message>
        <source>Kept for elsewhere</source>
        <translation>暫存異地續辦</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待發送</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>發送中</translation>
    </message>
    <message>
        <source>answer missing</source>
        <translation>待核實</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已送達</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒收</translation>
    </message>
    <message>
        <source>stuck</source>
        <translation>待人工處理</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Taken here</source>
        <translation>本機受理</translation>
    </message>
    <message>
        <source>Sent anew by hand</source>
        <translation>人工重發</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>收到答覆</translation>
    </message>
    <message>
        <source>Not got through</source>
        <translation>未送達</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation>查詢結果</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>發出</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已導出</translation>
    </message>
    <message>
        <source>Found after a restart</source>
        <translation>重啓後恢復</translation>
    </message>
    <message>
        <source>Body erased</source>
        <translation>內容已擦除</translation>
    </message>
    <message>
        <source>Upload given up</source>
        <translation>已放棄上傳的附件</translation>
    </message>
    <message>
        <source>Portal told how it ended</source>
        <translation>已把結果告知政務平台</translation>
    </message>
    <message>
        <source>Notices on the first screen</source>
        <translation>首屏顯示通知</translation>
    </message>
    <message>
        <source>Presence sensor is heard</source>
        <translation>啓用人體感應</translation>
    </message>
    <message>
        <source>Scanner types as a keyboard</source>
        <translation>掃碼器為鍵盤模式</translation>
    </message>
    <message>
        <source>Language at the start</source>
        <translation>開機語言</translation>
    </message>
    <message>
        <source>Panel above the floor (mm)</source>
        <translation>屏幕下沿離地（毫米）</translation>
    </message>
    <message>
        <source>Eyes to panel (mm)</source>
        <translation>眼睛到屏幕（毫米）</translation>
    </message>
    <message>
        <source>One reaches over something</source>
        <translation>屏幕前有枱面阻隔</translation>
    </message>
    <message>
        <source>Wait for a connection (s)</source>
        <translation>連接超時（秒）</translation>
    </message>
    <message>
        <source>Wait for an answer (s)</source>
        <translation>應答超時（秒）</translation>
    </message>
    <message>
        <source>No new errand below (% of battery)</source>
        <translation>低於此電量不接新事項（%）</translation>
    </message>
    <message>
        <source>No new errand below (s of battery)</source>
        <translation>電池撐不到此時長不接新事項（秒）</translation>
    </message>
    <message>
        <source>Most items kept waiting</source>
        <translation>待發送上限（件）</translation>
    </message>
    <message>
        <source>Longest wait (h)</source>
        <translation>最長等待（小時）</translation>
    </message>
    <message>
        <source>Room left on the disk (MiB)</source>
        <translation>磁盤預留空間（MiB）</translation>
    </message>
    <message>
        <source>as shipped</source>
        <translation>出廠值</translation>
    </message>
    <message>
        <source>changed here</source>
        <translation>本機改動</translation>
    </message>
    <message>
        <source>from afar</source>
        <translation>遠程下發</translation>
    </message>
    <message>
        <source>from the command line</source>
        <translation>命令行指定</translation>
    </message>
    <message>
        <source>of this model</source>
        <translation>機型預設</translation>
    </message>
    <message>
        <source>of the demonstration</source>
        <translation>演示預設</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>錯誤</translation>
    </message>
    <message>
        <source>Serious error</source>
        <translation>嚴重錯誤</translation>
    </message>
    <message>
        <source>Technician signed in</source>
        <translation>技術員登錄</translation>
    </message>
    <message>
        <source>Technician signed out</source>
        <translation>技術員退出</translation>
    </message>
    <message>
        <source>Sign-in refused</source>
        <translation>登錄被拒</translation>
    </message>
    <message>
        <source>Number locked</source>
        <translation>編號已鎖定</translation>
    </message>
    <message>
        <source>Device tried</source>
        <translation>試用設備</translation>
    </message>
    <message>
        <source>Device started afresh</source>
        <translation>重啓設備進程</translation>
    </message>
    <message>
        <source>Item sent now</source>
        <translation>立即發送</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>演練</translation>
    </message>
    <message>
        <source>Setting changed</source>
        <translation>修改設置</translation>
    </message>
    <message>
        <source>Change undone</source>
        <translation>撤銷改動</translation>
    </message>
    <message>
        <source>Visit began</source>
        <translation>服務開始</translation>
    </message>
    <message>
        <source>Visit ended</source>
        <translation>服務結束</translation>
    </message>
    <message>
        <source>Visit broken off</source>
        <translation>服務中斷</translation>
    </message>
    <message>
        <source>Idle warning</source>
        <translation>久未操作提醒</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>作出評價</translation>
    </message>
    <message>
        <source>Headset in or out</source>
        <translation>耳機插拔</translation>
    </message>
    <message>
        <source>Staff vouched for somebody</source>
        <translation>工作人員核驗</translation>
    </message>
    <message>
        <source>Staff called</source>
        <translation>呼叫工作人員</translation>
    </message>
    <message>
        <source>Call of staff ended</source>
        <translation>呼叫結束</translation>
    </message>
    <message>
        <source>Power changed</source>
        <translation>供電變化</translation>
    </message>
    <message>
        <source>Shutting down</source>
        <translation>請求關機</translation>
    </message>
    <message>
        <source>Shutdown called off</source>
        <translation>取消關機</translation>
    </message>
    <message>
        <source>Shutdown failed</source>
        <translation>關機失敗</translation>
    </message>
    <message>
        <source>Closed for want of power</source>
        <translation>因斷電停機</translation>
    </message>
</context>
<context>
    <name>WritingBoard</name>
    <message>
        <source>Write one character here</source>
        <translation>請在這裏寫一個字</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>擦掉重寫</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
</context>
</TS>
