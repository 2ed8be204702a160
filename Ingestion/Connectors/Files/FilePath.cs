using System.Runtime.InteropServices;
using Ingestion.Connectors.Sources;
using Microsoft.Win32.SafeHandles;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>
/// Locates a contract's file. Only regular files inside the data folder are read: messages quote a file's content, so that a path or link to another
/// place would disclose other files to readers of the messages.
/// </summary>
internal static class FilePath
{
    /// <returns>The full path, for messages.</returns>
    /// <exception cref="DiagnosticException">The file does not exist, is not in the data folder, or is not a regular file.</exception>
    public static string Find(Contract contract, string dataDirectory)
    {
        var file = contract.Options.File;
        if (file.Length == 0)
            throw new DiagnosticException(IngestionDiagnostics.MissingOption(contract.Span, contract.Name, contract.Format, "file"));
        if (!Directory.Exists(dataDirectory))
            throw new DiagnosticException(IngestionDiagnostics.MissingFolder(dataDirectory));

        var folder = Path.GetFullPath(dataDirectory);
        var path = Path.GetFullPath(Path.Combine(folder, file));
        if (Path.IsPathRooted(file) || !IsInside(folder, path))
            throw new DiagnosticException(IngestionDiagnostics.Outside(contract.Span, file));
        if (Directory.Exists(path))
            throw new DiagnosticException(IngestionDiagnostics.NotRegular(contract.Span, file, "a folder"));
        if (!File.Exists(path))
            throw new DiagnosticException(IngestionDiagnostics.MissingFile(path, file, contract.Span.File));

        try
        {
            if (!IsInside(WithoutLinks(folder), WithoutLinks(path)))
                throw new DiagnosticException(IngestionDiagnostics.Outside(contract.Span, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(IngestionDiagnostics.Unreadable(path, exception.Message), exception);
        }

        if (!OperatingSystem.IsWindows() && IsStream(path))
            throw new DiagnosticException(IngestionDiagnostics.NotRegular(contract.Span, file, "a pipe, socket or device"));

        return path;
    }

    private static bool IsInside(string folder, string path) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string WithoutLinks(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            // the folders in a link's target path may be links themselves
            if (entry.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                resolved = WithoutLinks(target.FullName);
        }

        return resolved;
    }

    /// <summary>
    /// True for a file that is not seekable, such as a pipe. It is opened in non-blocking mode, because opening a pipe blocks until there is a
    /// writer. A file that cannot be opened counts as seekable; reading it reports the error. Source: POSIX, open, O_NONBLOCK.
    /// </summary>
    private static bool IsStream(string path)
    {
        const int NonBlockingOnLinux = 0x800;
        const int NonBlockingOnMac = 0x4;
        var isMac = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();
        using var handle = new SafeFileHandle((nint)Open(path, isMac ? NonBlockingOnMac : NonBlockingOnLinux), ownsHandle: true);
        if (handle.IsInvalid)
            return false;

        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return !stream.CanSeek;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
