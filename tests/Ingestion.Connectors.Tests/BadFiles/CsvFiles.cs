using System.Text;
using static Ingestion.Connectors.Tests.BadFiles.Delivery;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>Bad files of separated values.</summary>
internal static class CsvFiles
{
    private const string Utf8Advice = "save it as UTF-8, or name its encoding in people.yml, for example 'options: {encoding: windows-1252}'";
    private const string OpenQuote = "error MDL6212: The quote that opens here is not closed properly; close it, or double a quote that belongs to the text";

    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: true);

    public static IReadOnlyList<BadFile> All { get; } =
    [
        .. Shape(), .. Header(), .. Values(), .. Bytes(),
    ];

    private static IEnumerable<BadFile> Shape() =>
    [
        new("too few fields", "csv", Of("id,name\n1,Ann\n2\n3,Cid\n", records: 3, loaded: 2, "3: the row has 1 fields, the header 2")),
        new("too many fields", "csv", Of("id,name\n1,Ann\n2,Bob,x\n3,Cid\n", records: 3, loaded: 2, "3: the row has 3 fields, the header 2")),
        new("a quote open to the end", "csv", Refused("id,name\n1,Ann\n2,\"Bob\n3,Cid\n", $"data(3,1): {OpenQuote}")),
        new("a quote that swallows lines", "csv", Refused("id,name\n1,Ann\n2,\"Bob\n3,\"Cid\"\n4,Dan\n", $"data(3,1): {OpenQuote}")),
        new("an open quote after a value of two lines", "csv", Refused("id,name\n1,\"two\nlines\"\n\n2,\"Bob\n3,Cid\n", $"data(5,1): {OpenQuote}")),
        new("a quote inside a field", "csv", Of("id,name\n1,O\"x\n2,Bob\n", records: 2, loaded: 1,
            "2: there is a quote inside a field; double it, or quote the whole field")),
        new("a last line that was cut off", "csv", Of("id,name\n1,Ann\n2", records: 2, loaded: 1, "3: the row has 1 fields, the header 2")),
        new("a line of sums at the end", "csv", Of("id,name,amount\n1,Ann,2\n2,Bob,3\nTotal,,5\n", records: 3, loaded: 2, "4: id 'Total' is not a number")),
        new("two files joined, with two headers", "csv", Of("id,name\n1,Ann\nid,name\n2,Bob\n", records: 3, loaded: 2, "3: id 'id' is not a number")),
        new("the end-of-file character of DOS", "csv", Of("id,name\n1,Ann\n\u001a", records: 2, loaded: 1, "3: the row has 1 fields, the header 2")),
        new("ends of lines of three kinds", "csv", Of("id,name\r1,Ann\r\n2,Bob\n3,Cid\r", records: 3, loaded: 3)),
        new("blank lines between rows", "csv", Of("id,name\n\n1,Ann\n\n\n2,Bob\n\n", records: 2, loaded: 2)),
        new("a row without end", "csv", Refused(
            "id,name\n1,Ann\n2,\"" + new string('x', 2_000_000), "data(3,1): error MDL6213: The row that begins here is longer than 1048576 bytes; " +
                "is a quote")),
        new("a field of a million characters", "csv", Of($"id,name\n1,{new string('x', 1_000_000)}\n2,Bob\n", records: 2, loaded: 2)),
        new("every row is bad", "csv", Refused("id\tname\n1,Ann\n2,Bob\n3,Cid\n4,Dan\n",
            "data(2,1): error MDL6223: Nothing is loaded, because all 4 records are not what people.yml says, first this one: the row has 1 fields, " +
                "the header " +
            "2; correct the data or the contract, or set the number that is acceptable with 'max_bad_rows' there")),
        new("its only row is bad", "csv", Refused("id,name\nx,Ann\n",
            "data(2,1): error MDL6223: Nothing is loaded, because its only record is not what people.yml says, first this one: id 'x' is not a " +
                "number; correct")),
    ];

    private static IEnumerable<BadFile> Header() =>
    [
        new("an empty file", "csv", Refused("", "data: error MDL6205: The file is empty; expected the columns of people.yml")),
        new("blank lines alone", "csv", Refused("\n\n\n", "data: error MDL6205: The file is empty; expected the columns of people.yml")),
        new("a header alone", "csv", Refused("id,name\n",
            "people.yml(1,7): error MDL6224: 'data' has 0 rows to load, expected at least 1; deliver the data, or set 'min_rows' in the contract to what is " +
            "acceptable (0: the source may be empty)")),
        new("a header alone where that may be", "csv", Of("id,name\n", records: 0, loaded: 0)) { Rest = "min_rows: 0" },
        new("rows without a header", "csv", Refused("1,Ann\n2,Bob\n", "data(1,1): error MDL6209: The column 'id', which people.yml requires, is " +
            "missing; there")),
        new("headers of another case and order", "csv", Of("NAME, Id \nAnn,1\nBob,2\n", records: 2, loaded: 2)),
        new("a column that is missing", "csv",
            Refused("name\nAnn\n", "data(1,1): error MDL6209: The column 'id', which people.yml requires, is missing; there are name")),
        new("a misspelt column", "csv", Refused("di,name\n1,Ann\n",
            "data(1,1): error MDL6209: The column 'id', which people.yml requires, is missing; did you mean 'di'?; there are di, name")),
        new("an unexpected column", "csv", Refused("id,name,nmae\n1,Ann,x\n",
            "data(1,1): error MDL6210: The column 'nmae' is not in people.yml; did you mean 'name'?; add it there or remove it from the data")),
        new("a column without a name", "csv", Refused("id,,name\n1,x,Ann\n", "data(1,1): error MDL6210: The column '' is not in people.yml; add it there or")),
        new("a column that is there twice", "csv",
            Refused("id,name,Name\n1,Ann,Ann\n", "data(1,1): error MDL6211: The column 'Name' occurs twice; rename or remove one of them")),
        new("a header in an open quote", "csv", Refused("\"id,name\n1,Ann\n", $"data(1,1): {OpenQuote}")),
        new("a header without end", "csv", Refused("id,name," + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"column{i},")),
            "data(1,1): error MDL6227: The header is longer than 262144 characters; is a quote, or the end of its line, missing?")),
        new("the line in which Excel names the separator", "csv", Of("sep=;\nid;name\n1;Ann\n2;Bob\n", records: 2, loaded: 2)),
    ];

    private static IEnumerable<BadFile> Values() =>
    [
        new("days that no calendar has", "csv", Of("id,day\n1,2024-02-29\n2,2024-02-30\n3,2023-02-29\n4,2024-13-01\n5,0000-01-01\n6,30.02.2024\n",
            records: 6, loaded: 1, [.. new[] { "3: day '2024-02-30'", "4: day '2023-02-29'", "5: day '2024-13-01'", "6: day '0000-01-01'",
                "7: day '30.02.2024'" }
                .Select(d => $"{d} is no date written as yyyy-MM-dd")])),
        new("numbers with separators", "csv", Of("id;amount\n1;1.5\n2;1.234,56\n3;1,234.56\n4;1 234\n5;1_000\n", records: 5, loaded: 1,
            "3: amount '1.234,56' is not a number", "4: amount '1,234.56' is not a number", "5: amount '1 234' is not a number",
                "6: amount '1_000' is not a number")),
        new("numbers too large or small for their type", "csv", Of(
            "id,amount,ratio\n1,1e400,1e308\n2,1e200000,1\n3,1,1e400\n4,1,1e-400\n9223372036854775808,1,1\n6,1,9007199254740993\n", records: 6, loaded: 1,
            "3: amount '1e200000' is out of the range of numeric", "4: ratio '1e400' is not a number",
                "5: ratio '1e-400' is out of the range of double precision",
            "6: id '9223372036854775808' is out of the range of bigint", "7: ratio '9007199254740993' is a whole number that double precision cannot " +
                "hold exactly")),
        new("words for numbers", "csv", Of("id,amount,ratio\n1,NaN,\n2,,Infinity\n3,-,\n4,#N/A,\n5,0x1F,\n6,,\n", records: 6, loaded: 1,
            "2: amount 'NaN' is not a number", "3: ratio 'Infinity' is not a number", "4: amount '-' is not a number", "5: amount '#N/A' is not a number",
            "6: amount '0x1F' is not a number")),
        new("numbers in other scripts", "csv", Of("id,name\n１２,Ann\n١٢,Bob\n12,Cid\n", records: 3, loaded: 1,
            "2: id '１２' is not a number", "3: id '١٢' is not a number")),
        new("a key that is there twice", "csv", Refused("id,name\n1,Ann\n2,Bob\n1,Cid\n",
            "data: error MDL6236: The primary key '1' occurs twice, at 2 and 4; remove one of them, or correct 'primary_key' in people.yml"))
            { Rest = "primary_key: [id]\nsync_mode: snapshot_merge" },
        new("a key that is there twice in a history of versions", "csv", Of("id,name\n1,Ann\n2,Bob\n1,Cid\n", records: 3,
            loaded: 3)) { Rest = "primary_key: [id]" },
        new("a key without a value", "csv", Of("id,name\n1,Ann\n,Bob\n \t,Cid\n", records: 3, loaded: 1,
            "3: id is blank, but required", "4: id is blank, but required")) { Rest = "primary_key: [id]" },
        new("more bad rows than the contract accepts", "csv", Refused("id,name\n1,Ann\nx,Bob\ny,Cid\n",
            "data(3,1): error MDL6223: Nothing is loaded, because more than 1 records are not what people.yml says, first this one: id 'x' is not a number;"))
            { Rest = "max_bad_rows: 1" },
    ];

    private static IEnumerable<BadFile> Bytes() =>
    [
        new("a zero byte", "csv", Refused("id,name\n1,A\0nn\n", "data: error MDL6206: The file is not text: byte 0x00 at offset 11; export it as " +
            "text in UTF-8")),
        new("a byte that is not UTF-8", "csv", Refused(
            [.. "id,name\n1,caf"u8, 0xE9, .. "\n2,caf\u00e9\n"u8], $"data: error MDL6207: The file is not written in utf-8: byte 0xe9 at offset " +
                $"13; {Utf8Advice}")),
        new("a character that the end cuts", "csv", Refused(
            [.. "id,name\n1,"u8, 0xE2, 0x82], $"data: error MDL6207: The file is not written in utf-8: byte 0xe2 at offset 10; {Utf8Advice}")),
        new("a byte that windows-1252 does not have", "csv", Refused([.. "id,name\n1,A"u8, 0x81, .. "\n"u8],
            "data: error MDL6207: The file is not written in windows-1252: byte 0x81 at offset 11; save it so, or correct 'encoding' in people.yml"))
            { Rest = "options: {encoding: windows-1252}" },
        new("UTF-16 with a byte order mark", "csv", Of([.. Utf16.GetPreamble(), .. Utf16.GetBytes("id,name\n1,Zoë\n2,\n")], records: 2, loaded: 2)),
        new("UTF-16 with a byte order mark and a zero character", "csv", Of(
            [.. Utf16.GetPreamble(), .. Utf16.GetBytes("id,name\n1,a\0b\n2,Bob\n")], records: 2, loaded: 1,
            "2: name 'a\uFFFDb' has a zero character, which PostgreSQL cannot hold")),
        new("UTF-16 with half a character", "csv", Refused(
            [.. Utf16.GetPreamble(), .. Utf16.GetBytes("id,name\n1,"), 0x00, 0xD8, .. Utf16.GetBytes("x\n")],
            "data: error MDL6207: The file is not written in utf-16: bytes 0x00 0xd8 near offset ")),
        new("a byte order mark that contradicts the contract", "csv", Refused(
            [.. Utf16.GetPreamble(), .. Utf16.GetBytes("id,name\n1,Ann\n")],
            "data: error MDL6207: The file is not written in utf-8: it begins with the byte order mark of utf-16; save it so, or correct 'encoding' in " +
                "people.yml"))
            { Rest = "options: {encoding: utf-8}" },
        new("an archive", "csv", Refused("PK\u0003\u0004zzzz",
            "data: error MDL6206: The file is not text: it is a zip archive or an Excel workbook; unpack it, or export it as text in UTF-8")),
        new("a web page", "csv", Refused("<!DOCTYPE html>\n<html><body>Sign in</body></html>\n",
            "data(1,1): error MDL6209: The column 'id', which people.yml requires, is missing; there are <!DOCTYPE html>")),
        new("random bytes", "csv", Refused(Random(), "data: error MDL6206: The file is not text: ")),
    ];

    private static byte[] Random()
    {
        var bytes = new byte[100_000];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
