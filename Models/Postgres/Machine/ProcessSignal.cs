using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Models.Postgres.Machine;

/// <summary>Sends signals to processes by id, and asks whether they live.</summary>
public static class ProcessSignal
{
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;
    private const int NoSuchProcess = 3;

    /// <summary>SIGINT: to PostgreSQL, a fast shutdown.</summary>
    public static bool SendInterrupt(int processId) => Send(processId, Interrupt);

    /// <summary>SIGQUIT: to PostgreSQL, an immediate shutdown.</summary>
    public static bool SendQuit(int processId) => Send(processId, Quit);

    /// <summary>SIGTERM; where there are no signals, false and nothing happens.</summary>
    public static bool SendTerminate(int processId) => Send(processId, Terminate);

    /// <summary>Whether a process of this id exists, whoever owns it.</summary>
    public static bool IsAlive(int processId)
    {
        if (!OperatingSystem.IsWindows())
            return NativeKill(processId, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Send(int processId, int signal) =>
        !OperatingSystem.IsWindows() && NativeKill(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
