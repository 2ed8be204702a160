using Models.Diagnostics;
using Models.Project.Diagnostics;

namespace Models.Project.Files;

/// <summary>Reads a project's text files; what is wrong with one is a diagnostic at its place.</summary>
internal static class SourceFile
{
    /// <summary>The file with its text; null where it cannot be read, which is then in <paramref name="diagnostics"/>.</summary>
    public static SourceText? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            return new SourceText(path, TextFile.ReadAllText(path));
        }
        catch (TextFileException e)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableFile(e.Fault.Span, e.Fault.Reason));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableFile(SourceSpan.WholeFile(path), e.Message));
        }

        return null;
    }
}
