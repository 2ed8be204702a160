using Models.Diagnostics;
using Models.Project.Diagnostics;

namespace Models.Project.Files;

/// <summary>Reads a project's text files; an invalid file is reported as a diagnostic at its position.</summary>
internal static class SourceFile
{
    /// <summary>Reads a file; returns null, and adds a diagnostic, if it cannot be read.</summary>
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
