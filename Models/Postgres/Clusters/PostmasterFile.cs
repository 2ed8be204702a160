using Models.Postgres.Machine;

namespace Models.Postgres.Clusters;

/// <summary>
/// What a running server writes into <c>postmaster.pid</c>: process id, data folder, start time, port, socket folder, listen
/// address, shared memory key, status; one a line.
/// </summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder, string Address, bool IsReady)
{
    private const int ReadyLine = 7;

    public static string PathIn(string data) => Path.Combine(data, "postmaster.pid");

    /// <summary>The file's content, or null where there is none or it is still being written.</summary>
    public static PostmasterFile? Read(string data)
    {
        try
        {
            // PostgreSQL rewrites it while we look: share everything
            using var file = new FileStream(PathIn(data), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
            return lines.Length > ReadyLine && int.TryParse(lines[0], out var process) && int.TryParse(lines[3], out var port)
                ? new PostmasterFile(process, port, lines[4], lines[5], lines[ReadyLine] == "ready")
                : int.TryParse(lines[0], out process) ? new PostmasterFile(process, 0, "", "", IsReady: false) : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the process is the server of <paramref name="data"/>, and not another one that was given a dead server's id.
    /// A server's working folder is its data folder; where that cannot be seen, its name has to do.
    /// </summary>
    public bool IsServerOf(string data)
    {
        if (!ProcessSignal.IsAlive(ProcessId))
            return false;

        if (OperatingSystem.IsLinux())
            return WorkingFolderOf($"/proc/{ProcessId}") is not { } folder || folder == data;

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(ProcessId);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether any process of a server still works in <paramref name="data"/>; false where that cannot be seen.</summary>
    public static bool IsInUse(string data) =>
        OperatingSystem.IsLinux()
        && Directory.EnumerateDirectories("/proc").Any(process => char.IsDigit(Path.GetFileName(process)[0]) && WorkingFolderOf(process) == data);

    private static string? WorkingFolderOf(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
