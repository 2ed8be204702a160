namespace Models.Postgres.Machine;

/// <summary>Lets one process at a time, and one task in it, change a folder. The system frees it when its holder dies.</summary>
internal sealed class FolderLock : IAsyncDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(15);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    public static async Task<FolderLock> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && !DiskSpace.IsExhausted(e))
            {
                // held by another: an IOException without a type of its own
                await Task.Delay(s_retry, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
