using System.Diagnostics;

namespace Models.Postgres.Tests;

/// <summary>A file system of a few megabytes. Skips the test where this process may not mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small file system needs root on Linux");
        Directory.CreateDirectory(path);
        using var mount = Process.Start("mount", ["-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", path]);
        await mount.WaitForExitAsync(cancellationToken);
        Assert.SkipUnless(mount.ExitCode == 0, "this container may not mount file systems");
        return new SmallDisk(path);
    }

    public void Dispose()
    {
        using var unmount = Process.Start("umount", [Path]);
        unmount.WaitForExit();
    }
}
