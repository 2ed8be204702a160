namespace Models.Postgres.Machine;

/// <summary>
/// Where Leadline keeps what is not in the repository. Root's own home folder is closed to the account that runs PostgreSQL, so
/// root uses the system's folders.
/// </summary>
public static class LeadlineFolders
{
    /// <summary>What can be made again: binaries, initialised clusters. <c>LEADLINE_CACHE</c> sets it.</summary>
    public static string Cache => Environment.GetEnvironmentVariable("LEADLINE_CACHE") is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Find("/var/cache/leadline", "XDG_CACHE_HOME", mac: "Library/Caches", other: ".cache", windows: "Cache");

    /// <summary>What cannot: the application's data. <c>LEADLINE_DATA_HOME</c> sets it.</summary>
    public static string Data => Environment.GetEnvironmentVariable("LEADLINE_DATA_HOME") is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Find("/var/lib/leadline", "XDG_DATA_HOME", mac: "Library/Application Support", other: ".local/share", windows: "Data");

    private static string Find(string root, string variable, string mac, string other, string windows)
    {
        if (ServerAccount.IsRoot)
            return root;

        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Leadline", windows);

        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder)
            return Path.Combine(folder, "leadline");

        // an account without a home folder (nobody, a service) still gets a place
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home is { Length: > 0 } && Directory.Exists(home)
            ? Path.Combine(home, OperatingSystem.IsMacOS() ? mac : other, "leadline")
            : Path.Combine(Path.GetTempPath(), $"leadline-{Environment.UserName}");
    }
}
