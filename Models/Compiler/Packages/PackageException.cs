namespace Models.Compiler.Packages;

/// <summary>Says why a package cannot be found or downloaded, without the package's name.</summary>
internal sealed class PackageException(string message, Exception? inner = null) : Exception(message, inner);
