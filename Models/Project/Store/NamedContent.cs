namespace Models.Project.Store;

/// <summary>The content of a file or an environment variable; null if it does not exist.</summary>
internal sealed record NamedContent(string Name, Digest? Content)
{
    /// <summary>The digest of a file's content; null if it cannot be read.</summary>
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
