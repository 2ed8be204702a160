namespace Serving.Api.Inference;

/// <summary>A request that does not fit the protocol or the model; the message says which part.</summary>
internal sealed class InferenceException(string message) : Exception(message);
