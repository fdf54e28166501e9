namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A field with its arguments' values.</summary>
internal readonly struct FieldCall(GraphQlField field, SchemaField definition, IReadOnlyDictionary<string, object?> variables)
{
    public string Name => field.Name;

    public GraphQlField Field => field;

    public SchemaField Definition => definition;

    /// <summary>A text; null when it is left out or null.</summary>
    public string? Text(string argument) => Value(argument) as string;

    /// <summary>A number; null when it is left out or null.</summary>
    public int? Number(string argument) => Value(argument) is long number ? (int)number : null;

    /// <summary>A truth value; false when it is left out or null and has no default.</summary>
    public bool Flag(string argument) => Value(argument) is true;

    private object? Value(string name)
    {
        foreach (var argument in field.Arguments)
        {
            if (argument.Name == name)
            {
                return argument.Value is VariableReference reference && !variables.ContainsKey(reference.Name)
                    ? definition.Find(name)?.Default
                    : GraphQlInput.Substitute(argument.Value, variables);
            }
        }

        return definition.Find(name)?.Default;
    }
}
