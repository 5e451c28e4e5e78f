using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Bicep.Types.Concrete;

namespace Deploy.ArmTypes;

/// <summary>Compares a body with its definition and collects every fault.</summary>
internal static class BodyValidator
{
    // Part of every resource's envelope: in the path or made by the service, and sent back by clients that PUT what they got.
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal) { "id", "name", "type", "apiVersion", "etag", "eTag", "systemData" };

    public static void CheckResource(JsonObject body, TypeBase type, ReadOnlyValues readOnly, List<ArmBodyFault> faults) =>
        CheckObject(body, type, "", readOnly, faults, Envelope);

    public static void Check(JsonNode? node, TypeBase type, string path, ReadOnlyValues readOnly, List<ArmBodyFault> faults)
    {
        switch (type)
        {
            case ObjectType or DiscriminatedObjectType when node is JsonObject value:
                CheckObject(value, type, path, readOnly, faults, null);
                break;
            case ObjectType or DiscriminatedObjectType:
                faults.Add(WrongType(path, "an object", node));
                break;
            case ArrayType array:
                CheckArray(node, array, path, readOnly, faults);
                break;
            case StringType text:
                CheckString(node, text, path, faults);
                break;
            case StringLiteralType literal when !IsText(node, out var value) || !value.Equals(literal.Value, StringComparison.OrdinalIgnoreCase):
                faults.Add(Fault(path, ArmBodyFaultKind.ValueNotAllowed, $"The value of '{path}' must be '{literal.Value}', but is {Shown(node)}."));
                break;
            case UnionType union:
                CheckUnion(node, union, path, readOnly, faults);
                break;
            case IntegerType number:
                CheckNumber(node, number, path, faults);
                break;
            case BooleanType when node?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False):
                faults.Add(WrongType(path, "true or false", node));
                break;
        }
    }

    private static void CheckObject(JsonObject value, TypeBase type, string path, ReadOnlyValues readOnly, List<ArmBodyFault> faults, HashSet<string>? ignored)
    {
        if (type is DiscriminatedObjectType discriminated && Members.Element(discriminated, value) is null)
        {
            faults.Add(UnknownVariant(value, discriminated, path));
        }

        var members = Members.Of(type, value);
        var additional = Members.AdditionalOf(type, value);
        var isUndecided = type is DiscriminatedObjectType undecided && Members.Element(undecided, value) is null;
        foreach (var (name, node) in value)
        {
            var place = Join(path, name);
            if (ignored?.Contains(name) == true)
            {
                continue;
            }

            if (members.TryGetValue(name, out var member))
            {
                CheckMember(node, member, place, readOnly, faults);
            }
            else if (additional is not null)
            {
                CheckOptional(node, additional, place, readOnly, faults);
            }
            else if (!isUndecided)
            {
                faults.Add(Fault(place, ArmBodyFaultKind.UnknownProperty, $"Could not find member '{name}' on object of type '{NameOf(type)}'.{Near(name, members.Keys)}"));
            }
        }

        AddMissing(value, members, path, faults, ignored);
    }

    private static void AddMissing(JsonObject value, IReadOnlyDictionary<string, ObjectTypeProperty> members, string path, List<ArmBodyFault> faults, HashSet<string>? ignored)
    {
        foreach (var (name, member) in members)
        {
            var isRequired = member.Flags.HasFlag(ObjectTypePropertyFlags.Required) && !member.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly);
            if (isRequired && ignored?.Contains(name) != true && value[name] is null)
            {
                faults.Add(Fault(Join(path, name), ArmBodyFaultKind.MissingRequired, $"Required property '{name}' not found in JSON. Path '{path}'."));
            }
        }
    }

    private static void CheckMember(JsonNode? node, ObjectTypeProperty member, string path, ReadOnlyValues readOnly, List<ArmBodyFault> faults)
    {
        if (!member.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly))
        {
            CheckOptional(node, member.Type.Type, path, readOnly, faults);
        }
        else if (readOnly == ReadOnlyValues.Refuse && node is not null)
        {
            faults.Add(Fault(path, ArmBodyFaultKind.ReadOnlyWritten, $"The property '{path}' is read-only and cannot be set."));
        }
    }

    // Services read null as "not given"; where the property is required, AddMissing says so.
    private static void CheckOptional(JsonNode? node, TypeBase type, string path, ReadOnlyValues readOnly, List<ArmBodyFault> faults)
    {
        if (node is not null)
        {
            Check(node, type, path, readOnly, faults);
        }
    }

    private static void CheckArray(JsonNode? node, ArrayType type, string path, ReadOnlyValues readOnly, List<ArmBodyFault> faults)
    {
        if (node is not JsonArray values)
        {
            faults.Add(WrongType(path, "a list", node));
            return;
        }

        if (values.Count < (type.MinLength ?? 0) || values.Count > (type.MaxLength ?? int.MaxValue))
        {
            faults.Add(Fault(path, ArmBodyFaultKind.LengthOutOfRange, $"'{path}' has {values.Count} items; allowed are {Range(type.MinLength, type.MaxLength)}."));
        }

        for (var index = 0; index < values.Count; index++)
        {
            Check(values[index], type.ItemType.Type, $"{path}[{index}]", readOnly, faults);
        }
    }

    private static void CheckString(JsonNode? node, StringType type, string path, List<ArmBodyFault> faults)
    {
        if (!IsText(node, out var text))
        {
            faults.Add(WrongType(path, "a string", node));
            return;
        }

        if (text.Length < (type.MinLength ?? 0) || text.Length > (type.MaxLength ?? int.MaxValue))
        {
            faults.Add(Fault(path, ArmBodyFaultKind.LengthOutOfRange, $"'{path}' has {text.Length} characters; allowed are {Range(type.MinLength, type.MaxLength)}."));
        }

        if (type.Pattern is { Length: > 0 } pattern && !Matches(text, pattern))
        {
            faults.Add(Fault(path, ArmBodyFaultKind.PatternMismatch, $"The value of '{path}' does not match the pattern '{pattern}'."));
        }
    }

    // Definitions write fractions (percentages, amounts) as integers too: JSON Schema's "number" has no type of its own there.
    private static void CheckNumber(JsonNode? node, IntegerType type, string path, List<ArmBodyFault> faults)
    {
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number || !value.TryGetValue<double>(out var number))
        {
            faults.Add(WrongType(path, "a number", node));
        }
        else if (number < (type.MinValue ?? double.MinValue) || number > (type.MaxValue ?? double.MaxValue))
        {
            faults.Add(Fault(path, ArmBodyFaultKind.ValueOutOfRange, $"'{path}' is {Shown(node)}; allowed are {Range(type.MinValue, type.MaxValue)}."));
        }
    }

    private static void CheckUnion(JsonNode? node, UnionType union, string path, ReadOnlyValues readOnly, List<ArmBodyFault> faults)
    {
        if (!IsText(node, out _) && union.Elements.All(element => element.Type is StringType or StringLiteralType))
        {
            faults.Add(WrongType(path, "a string", node));
            return;
        }

        List<ArmBodyFault>? best = null;
        foreach (var element in union.Elements)
        {
            var attempt = new List<ArmBodyFault>();
            Check(node, element.Type, path, readOnly, attempt);
            if (attempt.Count == 0)
            {
                return;
            }

            best = best is null || attempt.Count < best.Count ? attempt : best;
        }

        var literals = union.Elements.Select(element => element.Type).OfType<StringLiteralType>().Select(literal => $"'{literal.Value}'").ToList();
        if (literals.Count == union.Elements.Count)
        {
            faults.Add(Fault(path, ArmBodyFaultKind.ValueNotAllowed, $"The value of '{path}' is {Shown(node)}; allowed are {string.Join(", ", literals)}."));
        }
        else
        {
            faults.AddRange(best ?? []);
        }
    }

    private static ArmBodyFault UnknownVariant(JsonObject value, DiscriminatedObjectType type, string path)
    {
        var place = Join(path, type.Discriminator);
        var names = string.Join(", ", type.Elements.Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
        return value[type.Discriminator] is { } given
            ? Fault(place, ArmBodyFaultKind.ValueNotAllowed, $"The value of '{place}' is {Shown(given)}; allowed are {names}.")
            : Fault(place, ArmBodyFaultKind.MissingRequired, $"Required property '{type.Discriminator}' not found in JSON. Path '{path}'. Allowed are {names}.");
    }

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            // The pattern was written for another engine: what cannot be judged is not refused.
            return true;
        }
    }

    private static bool IsText(JsonNode? node, out string text)
    {
        if (node is JsonValue value && value.TryGetValue<string>(out var found))
        {
            text = found;
            return true;
        }

        text = "";
        return false;
    }

    private static string Near(string name, IEnumerable<string> known) =>
        known.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } match ? $" It is spelled '{match}'." : "";

    private static string Shown(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 80 ? text : text[..80] + "...";
    }

    private static string Range(long? least, long? most) => (least, most) switch
    {
        ({ } from, { } to) => $"{from} to {to}",
        ({ } from, null) => $"at least {from}",
        (null, { } to) => $"at most {to}",
        _ => "any",
    };

    private static string NameOf(TypeBase type) => type switch
    {
        ObjectType plain => plain.Name,
        DiscriminatedObjectType discriminated => discriminated.Name,
        _ => "object",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static ArmBodyFault WrongType(string path, string expected, JsonNode? node) =>
        Fault(path, ArmBodyFaultKind.WrongType, $"'{path}' must be {expected}, but is {Kind(node)}.");

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private static ArmBodyFault Fault(string path, ArmBodyFaultKind kind, string message) => new() { Path = path, Kind = kind, Message = message };
}
