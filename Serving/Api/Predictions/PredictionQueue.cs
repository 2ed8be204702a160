using System.Threading.Channels;
using Serving.Registry;

namespace Serving.Api.Predictions;

/// <summary>The scores that were given and not yet written. Adding one neither waits nor fails: where the queue is full, it is counted alone.</summary>
internal sealed class PredictionQueue
{
    /// <summary>Three megabytes, and some seconds of the highest rate that one API reaches.</summary>
    private const int Capacity = 65_536;

    private readonly Channel<Prediction> _waiting =
        Channel.CreateBounded<Prediction>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private int _lost;

    public void Add(Prediction prediction)
    {
        if (!_waiting.Writer.TryWrite(prediction))
            Interlocked.Increment(ref _lost);
    }

    /// <summary>Moves what is waiting into <paramref name="batch"/>, up to its capacity.</summary>
    public void Take(List<Prediction> batch)
    {
        while (batch.Count < batch.Capacity && _waiting.Reader.TryRead(out var prediction))
            batch.Add(prediction);
    }

    /// <summary>How many found the queue full since this was last asked.</summary>
    public int TakeLost() => Interlocked.Exchange(ref _lost, 0);
}
