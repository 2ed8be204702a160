using System.Text;
using Models.Compiler.PartialParsing;

namespace Models.Compiler.Artifacts;

/// <summary>
/// A file that one compilation keeps for the next: which compiler wrote it, what it keeps, and a digest of all that, so that no part of
/// a damaged one is believed.
/// </summary>
internal static class SealedFile
{
    private static readonly string s_compiler = typeof(SealedFile).Module.ModuleVersionId.ToString("N");

    /// <summary>A reader of what is kept; null where the file is missing, damaged, of another format or of another compiler.</summary>
    public static BinaryReader? Open(string path, string format)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var length = bytes.Length - Digest.Size;
            if (length < 0 || Digest.Read(bytes.AsSpan(length)) != Digest.Of(bytes.AsSpan(0, length)))
                return null;

            var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadString() == format && reader.ReadString() == s_compiler ? reader : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public static void Replace(string path, string format, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(format);
            writer.Write(s_compiler);
            write(writer);
            writer.Flush();
            Digest.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).Write(writer);
        }

        OutputFile.Replace(path, bytes.WriteTo);
    }
}
