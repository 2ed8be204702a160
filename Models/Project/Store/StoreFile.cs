using System.Buffers.Binary;
using System.Text;

namespace Models.Project.Store;

/// <summary>
/// A file of the build store: the compiler that wrote it, a digest of the rest, sections of values, a section of raw bytes, and the strings that the
/// values refer to by index. The digest detects any damage, so that a damaged file is ignored as a whole.
/// </summary>
internal sealed class StoreFile
{
    private readonly int[] _starts;
    private readonly string[] _texts;

    private StoreFile(byte[] bytes, int[] starts, string[] texts)
    {
        Bytes = bytes;
        _starts = starts;
        _texts = texts;
    }

    /// <summary>The whole file.</summary>
    public byte[] Bytes { get; }

    /// <summary>The offset of the raw bytes in <see cref="Bytes"/>.</summary>
    public int RawStart => _starts[^2];

    /// <summary>Opens a file; returns null if it is missing, damaged or written by another compiler.</summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">The type that writes and reads the file: its assembly and the assemblies it references identify the compiler.</param>
    public static StoreFile? Open(string path, Type owner)
    {
        try
        {
            var header = CompilerVersion.Of(owner);
            var bytes = File.ReadAllBytes(path);
            var start = header.Length + Digest.Size;
            if (!bytes.AsSpan().StartsWith(header) || bytes.Length < start || Digest.Read(bytes.AsSpan(header.Length)) != Digest.Of(bytes.AsSpan(start)))
                return null;

            // the lengths of the sections, then the sections
            var starts = new int[ReadInteger(bytes, start)];
            var position = start + ((starts.Length + 1) * sizeof(int));
            for (var i = 0; i < starts.Length; i++)
            {
                starts[i] = position;
                position += ReadInteger(bytes, start + ((i + 1) * sizeof(int)));
            }

            var texts = starts[^1];
            return new StoreFile(bytes, starts, StringTable.Read(bytes, ref texts));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Creates a reader for a section's values.</summary>
    /// <param name="section">The index of the section in the order of writing.</param>
    /// <param name="offset">The offset in the section to start at, as recorded from <see cref="StoreWriter.Length"/>.</param>
    public StoreReader Read(int section, int offset = 0) => new(Bytes, _starts[section] + offset, _texts);

    /// <summary>Writes a temporary file and replaces the existing file by it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">The type that writes and reads it, as for <see cref="Open"/>.</param>
    /// <param name="texts">The strings of the sections.</param>
    /// <param name="sections">The sections of values; all were written with <paramref name="texts"/>.</param>
    /// <param name="raw">The raw bytes; null for none.</param>
    public static void Replace(string path, Type owner, StringTable texts, IReadOnlyList<StoreWriter> sections, TextBlob? raw = null)
    {
        using var table = new MemoryStream();
        using (var writer = new BinaryWriter(table, Encoding.UTF8, leaveOpen: true))
            texts.Write(writer);

        using var content = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var number in (IEnumerable<int>)[sections.Count + 2, .. sections.Select(s => s.Length), raw?.Length ?? 0, (int)table.Length])
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, number);
            content.Write(length);
        }

        foreach (var section in sections)
            section.CopyTo(content);

        raw?.CopyTo(content);
        table.WriteTo(content);
        var seal = new byte[Digest.Size];
        Digest.Of(content.GetBuffer().AsSpan(0, (int)content.Length)).Write(seal);
        OutputFile.Replace(path, stream =>
        {
            stream.Write(CompilerVersion.Of(owner));
            stream.Write(seal);
            content.WriteTo(stream);
        });
    }

    /// <summary>Writes a file of one section.</summary>
    public static void Replace(string path, Type owner, Action<StoreWriter> write)
    {
        var texts = new StringTable();
        using var section = new StoreWriter(texts, takesDigests: false);
        write(section);
        Replace(path, owner, texts, [section]);
    }

    private static int ReadInteger(byte[] bytes, int position) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(position));
}
