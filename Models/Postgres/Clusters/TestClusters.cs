namespace Models.Postgres.Clusters;

/// <summary>The temporary folders of test servers.</summary>
internal static class TestClusters
{
    private const string Prefix = "leadline-";

    private static readonly TimeSpan s_surelyOver = TimeSpan.FromHours(6);

    /// <summary>A folder that nobody has yet. What runs that were killed before their server ran have left is removed on the way.</summary>
    public static string NewFolder()
    {
        var parent = Path.GetTempPath();
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "?????????"))
        {
            try
            {
                if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > s_surelyOver && Lease.Holders(Path.Combine(folder, "leases")).Count == 0)
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // somebody else's, or being removed by somebody else
            }
        }

        return Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}"[..(Prefix.Length + 9)]);
    }
}
