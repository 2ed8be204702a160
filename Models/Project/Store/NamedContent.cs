namespace Models.Project.Store;

/// <summary>What a file or an environment variable held; null where there was none.</summary>
internal sealed record NamedContent(string Name, Digest? Content)
{
    /// <summary>What a file holds; null where it cannot be read.</summary>
    public static Digest? OfFile(string path)
    {
        try
        {
            return Digest.Of(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
