namespace Models.Postgres.Clusters;

/// <summary>
/// A file that says: this process needs the server. It is held locked, and the system frees the lock when its holder dies, so a
/// process id that was given out again is not taken for the holder. The script that runs the server (serve.sh) goes by the process
/// id that the name starts with, and stops the server when no such process is left: a holder killed hard leaves no server behind.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly FileStream _file;

    private Lease(FileStream file) => _file = file;

    /// <summary>Taken and asked for under the cluster's lock.</summary>
    public static Lease Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Environment.ProcessId}.{Guid.NewGuid():N}");
        return new Lease(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>The ids of the processes that hold a lease. What dead ones left is removed.</summary>
    public static IReadOnlyList<int> Holders(string folder)
    {
        if (!Directory.Exists(folder))
            return [];

        var holders = new List<int>();
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            try
            {
                using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
            }
            catch (FileNotFoundException)
            {
                // given back this moment
            }
            catch (IOException)
            {
                holders.Add(int.Parse(Path.GetFileName(path).Split('.')[0]));
            }
        }

        return holders;
    }

    public void Dispose()
    {
        // the folder of a test's cluster may be gone already
        if (File.Exists(_file.Name))
            File.Delete(_file.Name);

        _file.Dispose();
    }
}
