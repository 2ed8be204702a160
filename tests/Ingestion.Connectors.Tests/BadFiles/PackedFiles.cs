using System.IO.Compression;
using System.Text;
using ZstdSharp;
using static Ingestion.Connectors.Tests.BadFiles.Delivery;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>Compressed files that are damaged, or too large when they are unpacked.</summary>
internal static class PackedFiles
{
    private const string Bomb =
        "data: error MDL6228: The file unpacks to more than 2 MB, the most that people.yml accepts; is it what you expect? If so, raise " +
            "'max_unpacked_mb' in the " +
        "options there";

    private static readonly byte[] Rows = Encoding.UTF8.GetBytes("id,name\n" + string.Concat(Enumerable.Range(0,
        50_000).Select(i => $"{i},name {i * 7919}\n")));

    public static IReadOnlyList<BadFile> All { get; } = [.. Of("gzip", Gzip), .. Of("zstd", Zstd), .. Others()];

    /// <summary>The bytes as gzip.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var archive = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            archive.Write(bytes);

        return packed.ToArray();
    }

    /// <summary>The bytes as zstd with a checksum, as its program writes it.</summary>
    public static byte[] Zstd(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var archive = new CompressionStream(packed, leaveOpen: true))
        {
            archive.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            archive.Write(bytes);
        }

        return packed.ToArray();
    }

    private static IEnumerable<BadFile> Of(string kind, Func<byte[], byte[]> pack)
    {
        var whole = pack(Rows);
        var damaged = whole.ToArray();
        damaged.AsSpan(whole.Length / 2, 100).Fill(0xFF);
        var message = $"data: error MDL6204: The file cannot be read: the {kind} archive is damaged or cut off (";
        return
        [
            new($"{kind} that is cut off", "csv", Refused(whole[..(whole.Length / 2)], message)),
            new($"{kind} whose last bytes are missing", "csv", Refused(whole[..^2], message)),
            new($"{kind} that is damaged", "csv", Refused(damaged, message)),
            new($"{kind} of nothing", "csv", Refused(pack([]), "data: error MDL6205: The file is empty; expected the columns of people.yml")),
            new($"{kind} that grows without end", "csv", Refused(pack(new byte[3 * 1024 * 1024].Select(_ => (byte)'1').ToArray()), Bomb))
                { Rest = "options: {max_unpacked_mb: 2}" },
            new($"{kind} of two archives", "csv", Delivery.Of([.. pack("id,name\n1,Ann\n"u8.ToArray()), .. pack("2,Bob\n"u8.ToArray())], records: 2,
                loaded: 2)),
            new($"{kind} of {kind}", "csv", Refused(pack(pack("id\n1\n"u8.ToArray())), "data: error MDL6206: The file is not text: ")),
        ];
    }

    private static IEnumerable<BadFile> Others() =>
    [
        new("gzip with more behind it", "csv", Refused([.. Gzip("id\n1\n"u8.ToArray()), .. "id\n2\n"u8],
            "data: error MDL6204: The file cannot be read: the gzip archive is damaged or cut off (the archive is followed by bytes that are no " +
                "archive); deliver it again")),
        new("gzip padded with zeros", "csv", Delivery.Of([.. Gzip("id\n1\n"u8.ToArray()), .. new byte[10_000]], records: 1, loaded: 1)),
        new("a bomb of gzip", "ndjson", Refused(Gzip(new byte[3 * 1024 * 1024].Select(_ => (byte)' ').ToArray()),
            Bomb)) { Rest = "options: {max_unpacked_mb: 2}" },
    ];
}
