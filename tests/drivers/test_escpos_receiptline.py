"""A QR picture as receiptline printed it: an encoder that shares no code with ours or python-escpos.

The bytes are the recorded output of the npm package receiptline 4.0.4 (Apache-2.0) for the document
``{image:PNG}`` and a line ``=`` (cut) with ``cpl: 48, encoding: 'cp437', cutting: true``; PNG is a QR code of
INVENTED-RECEIPT-0001 at four dots a module with its quiet zone (116 dots square), made by zxing-cpp.
Recorded by ``receiptline.transform(document, {command, ...})`` under Node; docs/devices/escpos.md.
"""

from __future__ import annotations

import base64
import zlib

import pytest
import zxingcpp
from PIL import Image

from drivers.escpos.encoding import raster_blocks
from drivers.escpos.interpreter import Cut, Interpreter, Rows
from drivers.ports import RasterImage

TEXT = "INVENTED-RECEIPT-0001"
DOTS = 576
RECORDED = {
    "epson": (  # GS 8 L and GS ( L
        r"c-rNay>8n;49DpVEl|PY1IPkWphK1vO1pGS19Wqz0_obkKp_;~@=`a|Q{z|A)I~^jZy-+2V4PX<KJ*bZ"
        r"L+1#vPCxx=isX?}aarC#@wr-^eLR5*ic?s90Vv)>aSN-r#d)<luZmAqc~zCKp<Dx$UoTIJn??Cy{rd$#"
        r"Rac9}#RfL;{0?R&Cer1<QBI_Xzw#$TM$!CRB}>*uwBm;l)SXv<Hbzkvk8-=oph@Z@V_A0^$AE@=ql@?4"
        r"*2Fs^S(5SbNK;oD*b~@Uqv#j8a7J!h<ASQOGt4sD&d>(6Nh(8=RH<1*HFc9pN~s*Pe^B3RhQ#gOtL~1C"
        r"qNI`b33;|{xSiqhkvbv+YvmB*bKy`Um~23%<*2%7oPGC*2&kd@%mFfl3}F8dGYaaCXUKg-aZU0A6EkoD"
        r"iBebw4kPxWb|a#C!XXRHJ+={ZRr67mpzgCgqLxjbMA4UG4L$jd@aU$hwGRPJsuv+63?%sHCC~&ppP<bh"
        r"rgX!`hK8SD6S14BZhLD2nz2;~aO^9^Y>rXYCTyj}k}=Cv5hI2CwUK2Ka@!3^%`YT3B5{_C+izCVWx!!1"
        r"12)MR@0T59!=&V1t;3{HBN4dJIAKzxlnHg7WJ}vnNgHrbeMY$CA;CrvcVoT|mN=@^i+TuSC51Ke5<0|="
        r"?e{Fhdg$>k)VXVGmUjalJRbFZRr4+yKd+-aTg%7rU3q;4PksTRcmt2sVgskI^k3zVi@zA(Fo^"
    ),
    "generic": (  # GS v 0
        r"c-rNa&1&3049AsT3N^MKz-vgM*Mve}AOw1APlfi{yg)G}^pcmFQ}@*P73OYI&l^~$&B4s7(tP-1X%0EZ"
        r"upa;X*UFMcvg@nn2I|jHpTq78K>Y#gJJ?;;7qGj4`Xe;g(7c7_6F~Fr>Q#Mn*8F-82)FR^4rV4M(&gDG"
        r"C(<Kag_9wpX#TH~Bj*x2@k0peE~vk)QIsX1+_nYStezOl+G!j!8Xk=<!E@gdcSN#e<KvOmt~9VGaBxO3"
        r"EOOzE+;+xCRbyw^WVGL)i>l2kgUzbc%u-9ks*+MF&m0~!j+!BHe+a6-XQL=-<b6WkY#Z)3Se~d0GO$(-"
        r"F+CTi7QqxVGL?(!lX3AQAfgO~gc>pjC=d#O!(+-QsvU2T$AsdV<Oe2Y;3E>{unbHKj-n0=qI$wP3#<b6"
        r"2`g2rMU|i)iYlR&O`b%_mtqSeg^dX4*Q#@m5lyZaAtTHr`1du?3b|ULt32j(<Hp8@U!hGntX03iGZD?w"
        r"Dg?Onm142Qq-qoP(qh?|WvYmgV*c95G6|I%W+eLu$uCG;WaIw3lXMwy9?6I{8{<PcKrv5B71TCP3R#K3"
        r"$Hs}1BBjiz^CVl^$4a`0vl=qOlIH}iAa+Z>9!gwP8bzJrSV>`xyo9FIvEzYdSf>&1W1WY-WqCK?6!56;"
        r"tCqWD{IZVb>oq+2#e@1CoT~LLoWIe3H9yb(0Y;1}8v"
    ),
}


def shown(stream: bytes) -> tuple[bytes, int]:
    """Dot rows on the paper, and the number of cuts."""
    interpreter = Interpreter(DOTS)
    interpreter.feed(stream)
    rows, cuts = b"", 0
    while (operation := interpreter.step()) is not None:
        rows += operation.data if isinstance(operation, Rows) else b""
        cuts += isinstance(operation, Cut)
    assert interpreter.pending_bytes == 0
    return rows, cuts


def codes(rows: bytes) -> list[str]:
    """What a scanner reads off the paper."""
    inverted = bytes(byte ^ 0xFF for byte in rows)
    paper = Image.frombytes("1", (DOTS, len(rows) * 8 // DOTS), inverted).convert("L")
    return [code.text for code in zxingcpp.read_barcodes(paper)]


@pytest.mark.parametrize("command", sorted(RECORDED))
def test_the_interpreter_reads_what_receiptline_wrote(command: str) -> None:
    rows, cuts = shown(zlib.decompress(base64.b85decode(RECORDED[command])))
    assert codes(rows) == [TEXT]
    assert cuts == 2  # the line and the end of the document


def test_both_of_its_dialects_and_our_own_bytes_give_the_same_dots() -> None:
    papers = [shown(zlib.decompress(base64.b85decode(text)))[0] for text in RECORDED.values()]
    assert papers[0] == papers[1]
    image = RasterImage(DOTS, len(papers[0]) * 8 // DOTS, papers[0])
    own, _ = shown(b"".join(raster_blocks(image)))
    assert own == papers[0]
    assert codes(own) == [TEXT]
