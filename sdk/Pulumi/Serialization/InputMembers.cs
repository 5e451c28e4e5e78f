using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Reads the inputs of an arguments object by reflection.</summary>
internal static class InputMembers
{
    // What a type declares never changes, so the result is kept per type.
    private static readonly ConcurrentDictionary<Type, ImmutableArray<Member>> Cache = new();

    /// <param name="path">Where the object stands; empty at the top.</param>
    /// <param name="args">The object.</param>
    public static ImmutableArray<InputValue> Read(string path, InputArgs args)
    {
        var members = Cache.GetOrAdd(args.GetType(), Find);
        var inputs = ImmutableArray.CreateBuilder<InputValue>(members.Length);
        foreach (var member in members)
        {
            var value = member.Get(args);
            if (value is null && member.Attribute.IsRequired)
            {
                throw new InputException($"Input '{(path.Length == 0 ? "" : path + ".")}{member.Attribute.Name}' ({args.GetType().FullName}) is required and has no value.");
            }

            inputs.Add(new InputValue(member.Attribute.Name, value, member.Attribute.Json));
        }

        return inputs.MoveToImmutable();
    }

    private static ImmutableArray<Member> Find(Type type)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var levels = new Stack<Type>();
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            levels.Push(level);
        }

        return
        [
            .. from level in levels
               from member in level.GetMembers(declared)
               let attribute = member.GetCustomAttribute<InputAttribute>()
               where attribute is not null
               select new Member(attribute, Getter(member)),
        ];
    }

    private static Func<object, object?> Getter(MemberInfo member) => member switch
    {
        FieldInfo field => field.GetValue,
        PropertyInfo property => property.GetValue,
        _ => throw new NotSupportedException($"[Input] is not possible on {member.DeclaringType}.{member.Name}."),
    };

    private sealed record Member(InputAttribute Attribute, Func<object, object?> Get);
}
