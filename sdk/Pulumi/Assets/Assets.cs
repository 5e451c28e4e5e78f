namespace Pulumi;

/// <summary>A file or a tree of files that is an input.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive(string signature, string propertyName, object value) => (Signature, PropertyName, Value) = (signature, propertyName, value);

    internal string Signature { get; }

    internal string PropertyName { get; }

    internal object Value { get; }
}

/// <summary>One file.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(string propertyName, object value)
        : base(Serialization.WireConstants.AssetSignature, propertyName, value)
    {
    }
}

/// <summary>A file on disk.</summary>
/// <param name="path">Path, relative to the folder of the program.</param>
public sealed class FileAsset(string path) : Asset(Serialization.WireConstants.AssetPath, path)
{
}

/// <summary>A file given as text.</summary>
/// <param name="text">Its content.</param>
public sealed class StringAsset(string text) : Asset(Serialization.WireConstants.AssetText, text)
{
}

/// <summary>A file that the engine fetches.</summary>
/// <param name="uri">Where from.</param>
public sealed class RemoteAsset(string uri) : Asset(Serialization.WireConstants.AssetUri, uri)
{
}

/// <summary>A tree of files.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive(string propertyName, object value)
        : base(Serialization.WireConstants.ArchiveSignature, propertyName, value)
    {
    }
}

/// <summary>A folder or an archive file on disk.</summary>
/// <param name="path">Path, relative to the folder of the program.</param>
public sealed class FileArchive(string path) : Archive(Serialization.WireConstants.AssetPath, path)
{
}

/// <summary>An archive that the engine fetches.</summary>
/// <param name="uri">Where from.</param>
public sealed class RemoteArchive(string uri) : Archive(Serialization.WireConstants.AssetUri, uri)
{
}

/// <summary>An archive put together from files and archives.</summary>
/// <param name="assets">Content by path within the archive.</param>
public sealed class AssetArchive(IDictionary<string, AssetOrArchive> assets) : Archive(Serialization.WireConstants.ArchiveAssets, assets)
{
}
