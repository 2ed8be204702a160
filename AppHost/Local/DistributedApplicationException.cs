namespace Aspire.Hosting;

public sealed class DistributedApplicationException(string message, Exception? inner = null) : Exception(message, inner);
