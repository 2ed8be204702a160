using System.Text;
using Models.Compiler.Diagnostics;

namespace Models.Compiler.Project;

/// <summary>Reads a project's text files, all of which are UTF-8, with or without a byte order mark.</summary>
internal static class SourceFile
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SourceText? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            var bytes = File.ReadAllBytes(path).AsSpan();
            return new SourceText(path, s_strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes));
        }
        catch (DecoderFallbackException e)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableFile(SourceSpan.WholeFile(path), $"byte {e.Index + 1} is not UTF-8; save the file as UTF-8"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableFile(SourceSpan.WholeFile(path), e.Message));
        }

        return null;
    }
}
