using System.Text;
using Models.Diagnostics;

namespace Models.Compiler.Project;

/// <summary>Reads a project's text files, all of which are UTF-8, with or without a byte order mark.</summary>
internal static class SourceFile
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SourceText? Read(string path, DiagnosticBag diagnostics)
    {
        ReadOnlySpan<byte> bytes = [];
        try
        {
            bytes = File.ReadAllBytes(path);
            return new SourceText(path, s_strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes));
        }
        catch (DecoderFallbackException e)
        {
            var at = e.Index + (bytes.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0);
            var line = bytes[..at].Count((byte)'\n') + 1;
            diagnostics.Add(ProjectDiagnostics.UnreadableFile(new SourceSpan(path, line, 1, line, 1), $"byte {at + 1} is not UTF-8; save the file as UTF-8"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableFile(SourceSpan.WholeFile(path), e.Message));
        }

        return null;
    }
}
