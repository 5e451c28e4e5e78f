namespace Deploy.Environments.Reading;

/// <summary>One value of the settings as written, whichever text it came from.</summary>
/// <param name="Mark">Where it was written; null when it was not read from a file.</param>
public abstract record SettingsNode(SourceMark? Mark);

/// <param name="Kind">What the text means by the rules of YAML's core schema.</param>
/// <param name="Text">The value without quotes.</param>
public sealed record ScalarNode(SourceMark? Mark, ScalarKind Kind, string Text) : SettingsNode(Mark);

public sealed record SequenceNode(SourceMark? Mark, IReadOnlyList<SettingsNode> Items) : SettingsNode(Mark);

/// <param name="Entries">In the order of the text; keys can occur twice, which the binder reports.</param>
public sealed record MappingNode(SourceMark? Mark, IReadOnlyList<MappingEntry> Entries) : SettingsNode(Mark);

/// <summary>An encrypted value, <c>{ secure: ... }</c>; the ciphertext is not kept.</summary>
public sealed record SecretNode(SourceMark? Mark) : SettingsNode(Mark);

/// <param name="KeyMark">Where the key was written; null when it was not read from a file.</param>
public sealed record MappingEntry(string Key, SourceMark? KeyMark, SettingsNode Value);

public enum ScalarKind
{
    Null,
    Boolean,
    Integer,
    Number,
    String,
}
