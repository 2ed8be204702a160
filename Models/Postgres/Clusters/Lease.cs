using Models.Postgres.Processes;

namespace Models.Postgres.Clusters;

/// <summary>
/// A file that says: this process needs the server. Its name starts with the process id; the script that runs the server
/// (serve.sh) stops it when no lease of a living process is left, so that a holder killed hard leaves no server behind.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly string _file;

    private Lease(string file) => _file = file;

    public static Lease Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{Environment.ProcessId}.{Guid.NewGuid():N}");
        File.WriteAllText(file, "");
        return new Lease(file);
    }

    /// <summary>The processes that hold a lease. Leases of dead ones are removed.</summary>
    public static IReadOnlyList<int> Holders(string folder)
    {
        if (!Directory.Exists(folder))
            return [];

        var holders = new List<int>();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (int.TryParse(Path.GetFileName(file).Split('.')[0], out var process) && ProcessSignal.IsAlive(process))
                holders.Add(process);
            else
                File.Delete(file);
        }

        return holders;
    }

    public void Dispose()
    {
        // the folder of a test's cluster may be gone already
        if (File.Exists(_file))
            File.Delete(_file);
    }
}
