using System.IO.Pipelines;
using System.Threading.Channels;

namespace Serving.Api.Predict;

/// <summary>
/// The answers of a batch that its client has not read yet: a megabyte in memory, the others in a temporary file. A client may send its whole body
/// before it reads, so that the lines are read on while their answers wait.
/// </summary>
/// <param name="megabytes">The largest size of the file, in which what was read makes room for what comes.</param>
/// <param name="patience">How long a client may read nothing while no more can wait, or after the end.</param>
internal sealed class AnswerSpool(int megabytes, TimeSpan patience) : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly long _capacity = (long)megabytes * Megabyte;
    private readonly Channel<Block> _blocks = Channel.CreateUnbounded<Block>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _progress = new(0);
    private readonly CancellationTokenSource _stall = new();
    private FileStream? _file;
    private volatile bool _isComplete;
    private long _inMemory;
    private long _fileWritten;
    private long _fileRead;

    /// <summary>Adds whole lines; waits for the client only where no more can be kept.</summary>
    /// <returns>False where the client read nothing meanwhile, and the lines were not added.</returns>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public async Task<bool> TryAddAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _inMemory) is var kept && (kept == 0 || kept + lines.Length <= Megabyte))
        {
            AddInMemory(lines);
            return true;
        }

        while (_fileWritten + lines.Length - Volatile.Read(ref _fileRead) > _capacity)
        {
            if (!await _progress.WaitAsync(patience, cancellationToken))
                return false;
        }

        var (first, wrapped) = Split(_fileWritten, lines.Length);
        _file ??= OpenFile();
        await RandomAccess.WriteAsync(_file.SafeFileHandle, lines[..first], _fileWritten % _capacity, cancellationToken);
        if (wrapped > 0)
            await RandomAccess.WriteAsync(_file.SafeFileHandle, lines[first..], 0, cancellationToken);
        _fileWritten += lines.Length;
        _blocks.Writer.TryWrite(new Block(null, lines.Length));
        return true;
    }

    /// <summary>Adds a last line, which always finds room.</summary>
    public void AddLast(ReadOnlyMemory<byte> line) => AddInMemory(line);

    /// <summary>Nothing is added any more, and the client has sent all it will be asked for: it must read from now on.</summary>
    public void Complete()
    {
        _blocks.Writer.TryComplete();
        _isComplete = true;
        _stall.CancelAfter(patience);
    }

    /// <summary>Sends what was added, as the client takes it, until all is sent.</summary>
    /// <exception cref="TimeoutException">The client has read nothing for too long after the last answer.</exception>
    public async Task SendAsync(PipeWriter response, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
        await foreach (var block in _blocks.Reader.ReadAllAsync(cancellationToken))
        {
            var content = block.Content ?? await ReadBackAsync(block.Length, cancellationToken);
            if (_isComplete)
                _stall.CancelAfter(patience);
            try
            {
                await response.WriteAsync(content, either.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException("The client reads nothing.", exception);
            }

            if (block.Content is null)
                Interlocked.Add(ref _fileRead, block.Length);
            else
                Interlocked.Add(ref _inMemory, -block.Length);
            _progress.Release();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _stall.Dispose();
        _progress.Dispose();
    }

    private void AddInMemory(ReadOnlyMemory<byte> lines)
    {
        Interlocked.Add(ref _inMemory, lines.Length);
        _blocks.Writer.TryWrite(new Block(lines.ToArray(), lines.Length));
    }

    private async Task<byte[]> ReadBackAsync(int length, CancellationToken cancellationToken)
    {
        var content = new byte[length];
        var (first, wrapped) = Split(_fileRead, length);
        await ReadAsync(content.AsMemory(0, first), _fileRead % _capacity, cancellationToken);
        if (wrapped > 0)
            await ReadAsync(content.AsMemory(first), 0, cancellationToken);
        return content;
    }

    private async Task ReadAsync(Memory<byte> content, long offset, CancellationToken cancellationToken)
    {
        while (content.Length > 0)
        {
            var read = await RandomAccess.ReadAsync(_file!.SafeFileHandle, content, offset, cancellationToken);
            if (read == 0)
                throw new IOException("The temporary file of answers was cut.");
            content = content[read..];
            offset += read;
        }
    }

    /// <summary>How much of a block fits before the end of the file's range, and how much goes on at its beginning.</summary>
    private (int First, int Wrapped) Split(long position, int length)
    {
        var first = (int)Math.Min(length, _capacity - position % _capacity);
        return (first, length - first);
    }

    // GetTempFileName makes a file that nobody else can read
    private static FileStream OpenFile() =>
        new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    /// <param name="Content">Null where it is in the file.</param>
    private readonly record struct Block(byte[]? Content, int Length);
}
