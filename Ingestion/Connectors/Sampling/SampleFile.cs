namespace Ingestion.Connectors.Sampling;

/// <summary>Writes a sample's files.</summary>
internal static class SampleFile
{
    /// <summary>Replaces the file atomically, or leaves it unchanged.</summary>
    public static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }

    public static string Text(FormattableString text) => FormattableString.Invariant(text);
}
