using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Engine.Projects;
using Deploy.Engine.State;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy config …</c>: reads and edits the settings file of one stack.</summary>
internal static class ConfigCommand
{
    private const string FromInput = "-";

    public static Command Create(DeployProgram program) => new("config", "Shows and changes the values of a stack's settings file.") { Get(program), Set(program) };

    private static Command Get(DeployProgram program)
    {
        var key = new Argument<string?>("key") { Description = "One value; all of them without it. Without a namespace it is the project's.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("get",
            """
            Shows the configuration as the program sees it. Secrets are masked unless --show-secrets.

            Examples:
              deploy config get
              deploy config get azure-native:location -s dev
            """) { key };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => GetAsync(context, parsed.GetValue(key))));
        return command;
    }

    private static async Task<Outcome> GetAsync(CommandContext context, string? key)
    {
        var project = StackLocator.FindProject(context);
        var stack = StackLocator.FindStack(context, project);
        var config = await ReadAsync(context, project, stack);
        var wanted = key is null ? [.. config.Values.Keys.Order(StringComparer.Ordinal)] : new[] { FullKey(project, key) };
        if (wanted.FirstOrDefault(name => !config.Values.ContainsKey(name)) is { } unknown)
        {
            throw new DeployException(CliErrors.ConfigKeyUnknown.With($"Stack '{stack}' has no value '{unknown}'."));
        }

        if (!context.Global.Json)
        {
            foreach (var name in wanted)
            {
                context.Streams.Output.WriteLine(key is null ? $"{name}: {config.Values[name]}" : config.Values[name]);
            }
        }

        return new Outcome
        {
            Stack = stack.Value,
            Parts = new JsonObject
            {
                ["config"] = new JsonObject(wanted.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject
                {
                    ["value"] = config.Values[name],
                    ["secret"] = config.SecretKeys.Contains(name),
                }))),
            },
        };
    }

    private static async Task<StackConfig> ReadAsync(CommandContext context, Project project, StackName stack)
    {
        if (context.Global.ShowSecrets)
        {
            await using var session = StackSession.Open(context);
            return session.ReadConfig();
        }

        var read = ProjectReader.ReadStackConfig(project, stack.Value, new MaskedSecrets());
        return read.Value ?? throw new FaultsException(read.Errors);
    }

    private static Command Set(DeployProgram program)
    {
        var key = new Argument<string>("key") { Description = "The value's key, such as azure-native:location. Without a namespace it is the project's." };
        var value = new Argument<string?>("value") { Description = "The value; - or nothing reads it from standard input.", Arity = ArgumentArity.ZeroOrOne };
        var secret = new Option<bool>("--secret") { Description = "Encrypt it with the stack's passphrase. Give such a value on standard input, not as an argument." };
        var path = new Option<bool>("--path") { Description = "The key is a path into a structured value, such as projects[0].endpoints[1].version." };
        var command = new Command("set",
            """
            Sets a value in the stack's settings file. Comments and order stay as they are.

            Examples:
              deploy config set azure-native:location westus3 -s dev
              deploy config set --path projects[0].endpoints[1].instances 2
              deploy config set --secret azure-native:clientSecret -s dev < secret.txt
            """) { key, value, secret, path };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => SetAsync(
            context, new Setting(parsed.GetValue(key)!, parsed.GetValue(value), parsed.GetValue(secret), parsed.GetValue(path)))));
        return command;
    }

    private sealed record Setting(string Key, string? Value, bool IsSecret, bool IsPath);

    private static async Task<Outcome> SetAsync(CommandContext context, Setting setting)
    {
        var project = StackLocator.FindProject(context);
        var stack = StackLocator.FindStack(context, project);
        var (first, rest) = setting.IsPath ? Split(setting.Key) : (setting.Key, "");
        var key = FullKey(project, first);
        var editor = StackFileEditor.Open(project.StackFile(stack.Value));
        var declaration = project.Config.GetValueOrDefault(key);
        if (declaration is { Secret: true } && !setting.IsSecret)
        {
            throw new DeployException(CliErrors.ConfigValueInvalid.With($"'{key}' is declared secret.", "Add --secret."));
        }

        var value = setting.Value is null or FromInput ? ReadValue(context, setting.IsSecret) : setting.Value;
        if (setting.IsSecret)
        {
            await using var session = StackSession.Open(context);
            Encrypt(session, editor, key, rest, value);
        }
        else
        {
            editor.SetConfig(key, rest, setting.IsPath ? StackFileValue.Typed(value) : Declared(key, declaration, value));
        }

        editor.Save();
        context.Note($"{Path.GetRelativePath(project.RootDirectory, project.StackFile(stack.Value))}: {key}{rest} is set.");
        return new Outcome { Stack = stack.Value, Parts = new JsonObject { ["key"] = key + rest, ["secret"] = setting.IsSecret } };
    }

    /// <summary>The file and the state must have one salt: whoever came first decides.</summary>
    private static void Encrypt(StackSession session, StackFileEditor editor, string key, string path, string value)
    {
        if (session.Secrets.Salt is null && session.Store.Exists && session.Store.Salt is { } salt)
        {
            session.Secrets.UseSalt(salt);
        }

        editor.SetConfig(key, path, StackFileValue.Secret(session.Secrets.Encrypt(value, key + path)));
        editor.SetSalt(session.Secrets.Salt!);
    }

    private static string ReadValue(CommandContext context, bool isSecret)
    {
        if (!context.IsInteractive)
        {
            return context.Streams.Input.ReadToEnd().TrimEnd('\r', '\n');
        }

        return isSecret ? Ask.Secret(context, "Value") : context.Streams.Input.ReadLine() ?? "";
    }

    private static StackFileValue Declared(string key, ConfigDeclaration? declaration, string value)
    {
        switch (declaration?.Type)
        {
            case ConfigType.Integer or ConfigType.Boolean:
                return StackFileValue.Typed(value);
            case ConfigType.Array or ConfigType.Object:
                return Structured(key, value, declaration.Type == ConfigType.Array);
            default:
                return StackFileValue.Text(value);
        }
    }

    private static StackFileValue Structured(string key, string value, bool isList)
    {
        try
        {
            return JsonNode.Parse(value) switch
            {
                JsonArray list when isList => StackFileValue.Json(list),
                JsonObject map when !isList => StackFileValue.Json(map),
                _ => throw new DeployException(CliErrors.ConfigValueInvalid.With($"'{key}' must be {(isList ? "a list" : "an object")}.")),
            };
        }
        catch (JsonException exception)
        {
            throw new DeployException(CliErrors.ConfigValueInvalid.With($"'{key}' is a structured value, and what was given is not JSON.", "Give JSON, or use --path to set one part of it."), exception);
        }
    }

    private static (string First, string Inner) Split(string path)
    {
        var end = path.IndexOfAny(['.', '[']);
        return end < 0 ? (path, "") : (path[..end], path[end..].TrimStart('.'));
    }

    private static string FullKey(Project project, string key) => key.Split(':') switch
    {
        [{ Length: > 0 }] => $"{project.Name}:{key}",
        [{ Length: > 0 }, { Length: > 0 }] => key,
        _ => throw new DeployException(CliErrors.ConfigValueInvalid.With($"'{key}' is not a configuration key of the form namespace:name.")),
    };
}
