using System.Text;

namespace Models.Project.Store;

/// <summary>Writes files only where something changes.</summary>
public static class OutputFile
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a small file unless it holds the text already.</summary>
    public static void WriteIfDifferent(string path, string text)
    {
        var bytes = Encoding.GetBytes(text);
        var file = new FileInfo(path);
        if (file.Exists && file.Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            return;

        // a file cut short by a crash differs, and is written again
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // the second is what a missing folder looks like while another thread is making it
            Directory.CreateDirectory(file.DirectoryName!);
            File.WriteAllBytes(path, bytes);
        }
    }

    /// <summary>True where a file is as long as it was, and was not written since.</summary>
    public static bool HasStamp(string path, long length, long time)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == length && file.LastWriteTimeUtc.Ticks == time;
    }

    /// <summary>Writes beside the file and takes its place in one step, so that nobody sees half of it.</summary>
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
