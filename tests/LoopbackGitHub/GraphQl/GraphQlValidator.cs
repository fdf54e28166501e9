namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Finds the errors of a document before it is executed. The messages are those of graphql-ruby, which GitHub runs.</summary>
internal sealed class GraphQlValidator
{
    private readonly GraphQlSchema _schema;
    private readonly GraphQlDocument _document;
    private readonly List<GraphQlError> _errors = [];
    private readonly HashSet<string> _usedFragments = new(StringComparer.Ordinal);

    private GraphQlValidator(GraphQlSchema schema, GraphQlDocument document)
    {
        _schema = schema;
        _document = document;
    }

    /// <summary>All errors; none for a document that can be executed.</summary>
    public static IReadOnlyList<GraphQlError> Validate(GraphQlSchema schema, GraphQlDocument document)
    {
        var validator = new GraphQlValidator(schema, document);
        validator.CheckFragments();
        if (validator._errors.Count == 0)
        {
            foreach (var operation in document.Operations)
            {
                validator.CheckOperation(operation);
            }

            validator.CheckUnusedFragments();
        }

        return validator._errors;
    }

    private void Add(string message, int position, string code, params (string Name, string Value)[] extensions) =>
        _errors.Add(new GraphQlError(message) { Position = position, Code = code, Extensions = [.. extensions.Select(extension => new KeyValuePair<string, object>(extension.Name, extension.Value))] });

    private void CheckFragments()
    {
        foreach (var fragment in _document.Fragments.Values)
        {
            if (Reaches(fragment.Selections, fragment.Name, []))
            {
                Add($"Fragment {fragment.Name} contains an infinite loop", fragment.Position, "infiniteLoop", ("fragmentName", fragment.Name));
            }
        }
    }

    private bool Reaches(IReadOnlyList<GraphQlSelection> selections, string fragment, HashSet<string> seen) => selections.Any(selection => selection switch
    {
        GraphQlField field => Reaches(field.Selections, fragment, seen),
        GraphQlInlineFragment inline => Reaches(inline.Selections, fragment, seen),
        GraphQlFragmentSpread spread => spread.Name == fragment
            || (seen.Add(spread.Name) && _document.Fragments.TryGetValue(spread.Name, out var next) && Reaches(next.Selections, fragment, seen)),
        _ => false,
    });

    private void CheckOperation(GraphQlOperation operation)
    {
        if (operation.Kind != "query")
        {
            Add($"Schema is not configured for {operation.Kind}s", operation.Position, "missingOperationType");
            return;
        }

        if (_document.Operations.Count > 1 && (operation.Name is null || _document.Operations.Count(other => other.Name == operation.Name) > 1))
        {
            Add(
                operation.Name is null ? "Only an operation that stands alone can be without a name" : $"Operation name \"{operation.Name}\" must be unique",
                operation.Position,
                "uniquelyNamedOperations");
        }

        foreach (var variable in operation.Variables.Where(variable => _schema.Find(variable.Type.NamedType) is not { IsLeaf: true }))
        {
            Add($"{variable.Type.NamedType} isn't a defined input type (on ${variable.Name})", variable.Position, "variableRequiresValidType");
        }

        var variables = new VariableUse(operation);
        CheckDirectives(operation.Directives, variables);
        CheckSelections(operation.Selections, _schema.Query, variables, []);
        CheckMerging(operation.Selections, _schema.Query);
        foreach (var unused in variables.Unused())
        {
            Add($"Variable ${unused.Name} is declared by {variables.OperationName} but not used", unused.Position, "variableNotUsed", ("variableName", unused.Name));
        }
    }

    private void CheckUnusedFragments()
    {
        foreach (var fragment in _document.Fragments.Values.Where(fragment => !_usedFragments.Contains(fragment.Name)))
        {
            Add($"Fragment {fragment.Name} was defined, but not used", fragment.Position, "useAndDefineFragment", ("fragmentName", fragment.Name));
        }
    }

    private void CheckSelections(IReadOnlyList<GraphQlSelection> selections, SchemaType type, VariableUse variables, HashSet<string> inside)
    {
        foreach (var selection in selections)
        {
            CheckDirectives(selection.Directives, variables);
            switch (selection)
            {
                case GraphQlField field:
                    CheckField(field, type, variables, inside);
                    break;
                case GraphQlInlineFragment inline:
                    var condition = inline.TypeCondition is null ? type : CheckCondition(inline.TypeCondition, type, inline.Position, name: null);
                    if (condition is not null)
                    {
                        CheckSelections(inline.Selections, condition, variables, inside);
                    }

                    break;
                case GraphQlFragmentSpread spread:
                    CheckSpread(spread, type, variables, inside);
                    break;
            }
        }
    }

    private void CheckSpread(GraphQlFragmentSpread spread, SchemaType type, VariableUse variables, HashSet<string> inside)
    {
        if (!_document.Fragments.TryGetValue(spread.Name, out var fragment))
        {
            Add($"Fragment {spread.Name} was used, but not defined", spread.Position, "useAndDefineFragment", ("fragmentName", spread.Name));
            return;
        }

        _usedFragments.Add(spread.Name);
        // Once for each operation is enough for its content; whether it fits here is checked each time.
        var condition = CheckCondition(fragment.TypeCondition, type, spread.Position, spread.Name);
        if (condition is not null && inside.Add(spread.Name))
        {
            CheckDirectives(fragment.Directives, variables);
            CheckSelections(fragment.Selections, condition, variables, inside);
        }
    }

    private SchemaType? CheckCondition(string typeName, SchemaType parent, int position, string? name)
    {
        var condition = _schema.Find(typeName);
        if (condition is null or { IsLeaf: true })
        {
            Add($"No such type {typeName}, so it can't be a fragment condition", position, "undefinedType", ("typeName", typeName));
            return null;
        }

        if (!_schema.Overlap(condition, parent))
        {
            Add(
                $"Fragment {(name is null ? $"on {typeName}" : $"{name} on {typeName}")} can't be spread inside {parent.Name}",
                position,
                "cannotSpreadFragment",
                ("typeName", parent.Name),
                ("fragmentName", name ?? "unknown"),
                ("parentName", parent.Name));
            return null;
        }

        return condition;
    }

    private void CheckField(GraphQlField field, SchemaType type, VariableUse variables, HashSet<string> inside)
    {
        if (type.Find(field.Name) is not { } definition)
        {
            Add(
                $"Field '{field.Name}' doesn't exist on type '{type.Name}'",
                field.Position,
                "undefinedField",
                ("typeName", type.Name),
                ("fieldName", field.Name));
            return;
        }

        CheckArguments(field, definition, variables);
        var value = _schema.TypeOf(definition);
        if (value.IsLeaf && field.Selections.Count > 0)
        {
            Add(
                $"Selections can't be made on scalars (field '{field.Name}' returns {value.Name} but has selections [{Names(field.Selections)}])",
                field.Position,
                "selectionMismatch",
                ("nodeName", $"field '{field.Name}'"),
                ("typeName", value.Name));
        }
        else if (!value.IsLeaf && field.Selections.Count == 0)
        {
            Add(
                $"Field must have selections (field '{field.Name}' returns {value.Name} but has no selections. Did you mean '{field.Name} {{ ... }}'?)",
                field.Position,
                "selectionMismatch",
                ("nodeName", $"field '{field.Name}'"),
                ("typeName", value.Name));
        }
        else
        {
            CheckSelections(field.Selections, value, variables, inside);
        }
    }

    private static string Names(IReadOnlyList<GraphQlSelection> selections) =>
        string.Join(", ", selections.OfType<GraphQlField>().Select(field => $"\"{field.Name}\""));

    private void CheckArguments(GraphQlField field, SchemaField definition, VariableUse variables)
    {
        foreach (var argument in field.Arguments)
        {
            if (definition.Find(argument.Name) is not { } expected)
            {
                Add(
                    $"Field '{field.Name}' doesn't accept argument '{argument.Name}'",
                    argument.Position,
                    "argumentNotAccepted",
                    ("name", field.Name),
                    ("typeName", "Field"),
                    ("argumentName", argument.Name));
            }
            else
            {
                CheckValue(argument, expected.Type, expected.HasDefault, $"Field '{field.Name}'", "Field", variables);
            }
        }

        var missing = definition.Arguments.Where(expected => expected.IsRequired && field.Arguments.All(argument => argument.Name != expected.Name)).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Select(argument => argument.Name));
            Add(
                $"Field '{field.Name}' is missing required arguments: {names}",
                field.Position,
                "missingRequiredArguments",
                ("className", "Field"),
                ("name", field.Name),
                ("arguments", names));
        }
    }

    private void CheckValue(GraphQlArgument argument, GraphQlType type, bool hasDefault, string owner, string ownerKind, VariableUse variables)
    {
        foreach (var reference in References(argument.Value))
        {
            if (variables.Use(reference.Name) is not { } variable)
            {
                Add(
                    $"Variable ${reference.Name} is used by {variables.OperationName} but not declared",
                    argument.Position,
                    "variableNotDefined",
                    ("variableName", reference.Name));
            }
            else if (argument.Value is VariableReference && !variable.Type.Fits(type, variable is { HasDefault: true, Default: not null } || hasDefault))
            {
                Add(
                    $"Type mismatch on variable ${variable.Name} and argument {argument.Name} ({variable.Type} / {type})",
                    argument.Position,
                    "variableMismatch",
                    ("variableName", variable.Name),
                    ("typeName", variable.Type.ToString()),
                    ("argumentName", argument.Name),
                    ("errorMessage", "Type mismatch"));
            }
        }

        if (argument.Value is not VariableReference && !GraphQlInput.FitsLiteral(argument.Value, type))
        {
            Add(
                $"Argument '{argument.Name}' on {owner} has an invalid value ({GraphQlInput.Print(argument.Value)}). Expected type '{type}'.",
                argument.Position,
                "argumentLiteralsIncompatible",
                ("typeName", ownerKind),
                ("argumentName", argument.Name));
        }
    }

    private static IEnumerable<VariableReference> References(object? value) => value switch
    {
        VariableReference reference => [reference],
        List<object?> list => list.SelectMany(References),
        Dictionary<string, object?> fields => fields.Values.SelectMany(References),
        _ => [],
    };

    private void CheckDirectives(IReadOnlyList<GraphQlDirective> directives, VariableUse variables)
    {
        foreach (var directive in directives)
        {
            if (directive.Name is not ("include" or "skip"))
            {
                Add($"Directive @{directive.Name} is not defined", directive.Position, "undefinedDirective", ("directiveName", directive.Name));
            }
            else if (directive.Arguments is [{ Name: "if" } condition])
            {
                CheckValue(condition, new GraphQlType("Boolean", null, NonNull: true), hasDefault: false, $"Directive '{directive.Name}'", "Directive", variables);
            }
            else
            {
                Add(
                    $"Directive '{directive.Name}' is missing required arguments: if",
                    directive.Position,
                    "missingRequiredArguments",
                    ("className", "Directive"),
                    ("name", directive.Name),
                    ("arguments", "if"));
            }
        }
    }

    // Fields that are answered under one name must be the same field with the same arguments.
    private void CheckMerging(IReadOnlyList<GraphQlSelection> selections, SchemaType type)
    {
        var fields = new Dictionary<(string Parent, string Key), List<GraphQlField>>();
        Flatten(selections, type, fields, []);
        foreach (var ((parent, key), group) in fields)
        {
            if (group.Count > 1
                && (Conflict(group, key, "a field", field => field.Name) || Conflict(group, key, "an argument", field => PrintArguments(field.Arguments))))
            {
                continue;
            }

            if (_schema.Find(parent)?.Find(group[0].Name) is { } definition && group[0].Selections.Count > 0)
            {
                CheckMerging(group.Count == 1 ? group[0].Selections : [.. group.SelectMany(field => field.Selections)], _schema.TypeOf(definition));
            }
        }
    }

    private bool Conflict(List<GraphQlField> group, string key, string kind, Func<GraphQlField, string> print)
    {
        var different = group.Select(print).Distinct(StringComparer.Ordinal).ToList();
        if (different.Count == 1)
        {
            return false;
        }

        var conflicts = string.Join(" or ", different);
        Add($"Field '{key}' has {kind} conflict: {conflicts}?", group[0].Position, "fieldConflict", ("fieldName", key), ("conflicts", conflicts));
        return true;
    }

    private void Flatten(
        IReadOnlyList<GraphQlSelection> selections, SchemaType type, Dictionary<(string Parent, string Key), List<GraphQlField>> fields, HashSet<string> inside)
    {
        foreach (var selection in selections)
        {
            switch (selection)
            {
                case GraphQlField field:
                    if (!fields.TryGetValue((type.Name, field.ResponseKey), out var group))
                    {
                        fields[(type.Name, field.ResponseKey)] = group = new List<GraphQlField>(1);
                    }

                    group.Add(field);
                    break;
                case GraphQlInlineFragment inline:
                    Flatten(inline.Selections, inline.TypeCondition is null ? type : _schema.Find(inline.TypeCondition) ?? type, fields, inside);
                    break;
                case GraphQlFragmentSpread spread when inside.Add(spread.Name) && _document.Fragments.TryGetValue(spread.Name, out var fragment):
                    Flatten(fragment.Selections, _schema.Find(fragment.TypeCondition) ?? type, fields, inside);
                    break;
            }
        }
    }

    private static string PrintArguments(IReadOnlyList<GraphQlArgument> arguments) =>
        "{" + string.Join(", ", arguments.OrderBy(argument => argument.Name, StringComparer.Ordinal).Select(argument => $"{argument.Name}: {GraphQlInput.Print(argument.Value)}")) + "}";
}
