using Avro;
using Avro.File;
using Avro.Generic;
using MiniExcelLibs;
using Parquet;
using Parquet.Schema;
using static Ingestion.Connectors.Tests.BadFiles.Delivery;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>Bad Parquet, Avro and Excel files.</summary>
internal static class BinaryFiles
{
    private const int Rows = 300;

    private const string AvroSchema =
        """{"type": "record", "name": "Person", "fields": [{"name": "id", "type": ["null", "long"]}, {"name": "name", "type": ["null", "string"]}]}""";

    private static readonly object?[][] Excel = [["id", "name"], [1, "Ann"], ["x", "Bob"], [3, "#N/A"], [null, null], [4, "Dan"]];

    public static IReadOnlyList<BadFile> All { get; } =
    [
        .. Damaged("parquet", Parquet(Rows)), .. Damaged("avro", Avro(Rows)), .. Damaged("xlsx", Workbook([["id", "name"], .. Enumerable.Range(1, Rows).Select(
            i => new object?[] { i, $"name {i}" })])),
        new("a footer of zeros", "parquet", Refused(WithFooter(Parquet(Rows), 0), Message("parquet"))),
        new("a footer longer than the file", "parquet", Refused(WithFooter(Parquet(Rows), 0x7F), Message("parquet"))),
        new("no rows", "parquet", Refused(Parquet(0), "people.yml(1,7): error MDL6224: 'data' has 0 rows to load,")),
        new("a value without a key", "parquet", Delivery.Of(Parquet(3, missing: 2), records: 3, loaded: 2, "2: id is blank, but required")),
        new("a marker between blocks that is not that of the file", "avro", Refused(WithLast(Avro(Rows)), Message("avro"))),
        new("no records", "avro", Refused(Avro(0), "people.yml(1,7): error MDL6224: 'data' has 0 rows to load,")),
        new("a value without a key", "avro", Delivery.Of(Avro(3, missing: 2), records: 3, loaded: 2, "2: id is blank, but required")),
        new("cells with errors and blank rows", "xlsx", Delivery.Of(Workbook(Excel), records: 4, loaded: 2, "3: id 'x' is not a number",
            "4: name is the error #N/A")),
        new("a header alone", "xlsx", Refused(Workbook([["id", "name"]]), "people.yml(1,7): error MDL6224: 'data' has 0 rows to load,")),
        new("a column that is there twice", "xlsx", Refused(Workbook([["id", "ID"], [1, 2]]),
            "data, sheet Sheet1: error MDL6211: The column 'ID' occurs twice;")),
        new("an archive that is no workbook", "xlsx", Refused(Zip(), Message("xlsx"))),
    ];

    private static string Message(string format) => $"data: error MDL6230: The file is no {format} file that can be read, or it is damaged: ";

    private static IEnumerable<BadFile> Damaged(string format, byte[] whole) =>
    [
        new("an empty file", format, Refused("", "data: error MDL6205: The file is empty; expected the columns of people.yml")),
        new("separated values", format, Refused("id,name\n1,Ann\n", Message(format))),
        new("cut off", format, Refused(whole[..(whole.Length / 2)], Message(format))),
        new("its beginning is missing", format, Refused(whole[40..], Message(format))),
    ];

    private static byte[] WithFooter(byte[] file, byte length)
    {
        // the last eight bytes are the footer's length, little-endian, and PAR1
        file.AsSpan(file.Length - 8, 4).Fill(length);
        return file;
    }

    private static byte[] WithLast(byte[] file)
    {
        file[^1] ^= 0xFF;
        return file;
    }

    private static byte[] Parquet(int rows, int missing = 0)
    {
        using var stream = new MemoryStream();
        WriteAsync().GetAwaiter().GetResult();
        return stream.ToArray();

        async Task WriteAsync()
        {
            var (id, name) = (new DataField<long>("id", nullable: true), new DataField<string>("name"));
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, name), stream);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(id, Enumerable.Range(1, rows).Select(i => i == missing ? null : (long?)i).ToArray().AsMemory());
            await group.WriteAsync(name, (IReadOnlyCollection<string>)[.. Enumerable.Range(1, rows).Select(i => $"name {i}")]);
        }
    }

    private static byte[] Avro(int rows, int missing = 0)
    {
        using var stream = new MemoryStream();
        var schema = (RecordSchema)Schema.Parse(AvroSchema);
        using (var writer = DataFileWriter<GenericRecord>.OpenWriter(new GenericDatumWriter<GenericRecord>(schema), stream, leaveOpen: true))
        {
            for (var i = 1; i <= rows; i++)
            {
                var record = new GenericRecord(schema);
                record.Add("id", i == missing ? null : (long)i);
                record.Add("name", $"name {i}");
                writer.Append(record);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Workbook(object?[][] rows)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(rows.Select(r => new { A = r[0], B = r[1] }), printHeader: false);
        return stream.ToArray();
    }

    private static byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("people.csv").Open())
            entry.Write("id,name\n1,Ann\n"u8);

        return stream.ToArray();
    }
}
