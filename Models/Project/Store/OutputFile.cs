using System.Text;

namespace Models.Project.Store;

/// <summary>Writes files only if their content changes.</summary>
public static class OutputFile
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a small file unless it already has this content.</summary>
    public static void WriteIfDifferent(string path, string text)
    {
        var bytes = Encoding.GetBytes(text);
        var file = new FileInfo(path);
        if (file.Exists && file.Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            return;

        // a file truncated by a crash differs, and is written again
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // FileNotFoundException is thrown while another thread is creating the folder
            CreateFolder(file.DirectoryName!);
            File.WriteAllBytes(path, bytes);
        }
        catch (IOException) when (File.Exists(file.DirectoryName))
        {
            CreateFolder(file.DirectoryName!);
            File.WriteAllBytes(path, bytes);
        }
    }

    /// <summary>Replaces a file in the place of the folder, which an earlier version may have written there.</summary>
    private static void CreateFolder(string folder)
    {
        lock (Encoding)
        {
            if (File.Exists(folder))
                File.Delete(folder);
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>True if a file has this length and write time.</summary>
    public static bool HasStamp(string path, long length, long time)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == length && file.LastWriteTimeUtc.Ticks == time;
    }

    /// <summary>Writes a temporary file and moves it into place, so that no reader sees a partial file.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 65536))
                write(stream);

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
