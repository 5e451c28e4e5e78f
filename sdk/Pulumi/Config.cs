using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>
/// The configuration of the stack, by namespace. <c>Get…</c> returns null (or the default) for a key that is not set, <c>Require…</c> fails naming it;
/// the forms with <c>Secret</c> return outputs that stay secret. Objects and lists are JSON.
/// </summary>
/// <param name="name">Namespace; null means the name of the project.</param>
public sealed class Config(string? name = null)
{
    private const string LegacySuffix = ":config";

    private readonly string _name = WithoutSuffix(name ?? Deployment.Current.ProjectName);

    /// <summary>A text.</summary>
    public string? Get(string key) => Deployment.Current.GetConfig(FullKey(key));

    /// <summary>A secret text.</summary>
    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A text that must be set.</summary>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>A secret text that must be set.</summary>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Mistyped(key, "boolean (true or false)"),
    };

    /// <inheritdoc cref="GetBoolean"/>
    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    /// <inheritdoc cref="GetBoolean"/>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetBoolean"/>
    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    /// <summary>A whole number of 32 bits.</summary>
    public int? GetInt32(string key) => Get(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Mistyped(key, "whole number"),
    };

    /// <inheritdoc cref="GetInt32"/>
    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    /// <inheritdoc cref="GetInt32"/>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetInt32"/>
    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    /// <summary>A number.</summary>
    public double? GetDouble(string key) => Get(key) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Mistyped(key, "number"),
    };

    /// <inheritdoc cref="GetDouble"/>
    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

    /// <inheritdoc cref="GetDouble"/>
    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    /// <inheritdoc cref="GetDouble"/>
    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    /// <summary>An object or list, read from JSON with the default options.</summary>
    [return: MaybeNull]
    public T GetObject<T>(string key) => Read<T>(key, options: null);

    /// <summary>An object or list, read from JSON.</summary>
    [return: MaybeNull]
    public T GetObject<T>(string key, JsonSerializerOptions options) => Read<T>(key, options);

    /// <inheritdoc cref="GetObject{T}(string)"/>
    public Output<T>? GetSecretObject<T>(string key) => Get(key) is null ? null : Output.CreateSecret(Read<T>(key, options: null)!);

    /// <inheritdoc cref="GetObject{T}(string, JsonSerializerOptions)"/>
    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions options) => Get(key) is null ? null : Output.CreateSecret(Read<T>(key, options)!);

    /// <inheritdoc cref="GetObject{T}(string)"/>
    public T RequireObject<T>(string key) => Get(key) is null ? throw Missing(key) : Read<T>(key, options: null)!;

    /// <inheritdoc cref="GetObject{T}(string, JsonSerializerOptions)"/>
    public T RequireObject<T>(string key, JsonSerializerOptions options) => Get(key) is null ? throw Missing(key) : Read<T>(key, options)!;

    /// <inheritdoc cref="GetObject{T}(string)"/>
    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    /// <inheritdoc cref="GetObject{T}(string, JsonSerializerOptions)"/>
    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions options) => Output.CreateSecret(RequireObject<T>(key, options));

    private static string WithoutSuffix(string name) => name.EndsWith(LegacySuffix, StringComparison.Ordinal) ? name[..^LegacySuffix.Length] : name;

    private string FullKey(string key) => $"{_name}:{key}";

    private T? Read<T>(string key, JsonSerializerOptions? options)
    {
        try
        {
            return Get(key) is { } json ? JsonSerializer.Deserialize<T>(json, options) : default;
        }
        catch (JsonException exception)
        {
            // The position only: the message of the serializer may quote the value, and the value may be secret.
            throw Mistyped(key, $"{typeof(T).Name} in JSON (wrong at {exception.Path ?? "the beginning"})");
        }
    }

    private RunException Missing(string key) =>
        new($"Missing required configuration variable '{FullKey(key)}'\n\tplease set a value using the command `pulumi config set {FullKey(key)} <value>`");

    // Without the value, which may be secret.
    private RunException Mistyped(string key, string expected) => new($"Configuration '{FullKey(key)}' is not a {expected}.");
}
