using System.Collections;
using System.Text.Json;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Executes a validated operation and writes its <c>data</c>.</summary>
internal sealed class GraphQlExecutor(
    GraphQlSchema schema, GraphQlDocument document, IReadOnlyDictionary<string, object?> variables, Utf8JsonWriter output, List<GraphQlError> errors)
{
    private readonly List<object> _path = [];

    /// <summary>Writes the object and everything below it.</summary>
    public void WriteObject(IGraphQlNode node, IReadOnlyList<GraphQlSelection> selections)
    {
        var type = schema.Find(node.TypeName) ?? throw new InvalidOperationException($"The schema has no type {node.TypeName}.");
        var calls = Collect(type, selections);
        node.Prepare(calls);
        output.WriteStartObject();
        foreach (var call in calls)
        {
            output.WritePropertyName(call.Field.ResponseKey);
            _path.Add(call.Field.ResponseKey);
            WriteField(node, call);
            _path.RemoveAt(_path.Count - 1);
        }

        output.WriteEndObject();
    }

    private void WriteField(IGraphQlNode node, FieldCall call)
    {
        object? value;
        try
        {
            value = call.Name == "__typename" ? node.TypeName : node.Resolve(call);
        }
        catch (GraphQlFailureException failure)
        {
            errors.Add(new GraphQlError(failure.Message) { Type = failure.Type, Path = [.. _path], Position = call.Field.Position, Extensions = failure.Extensions });
            value = null;
        }

        WriteValue(value, call.Field.Selections);
    }

    private void WriteValue(object? value, IReadOnlyList<GraphQlSelection> selections)
    {
        switch (value)
        {
            case null:
                output.WriteNullValue();
                break;
            case string text:
                output.WriteStringValue(text);
                break;
            case bool flag:
                output.WriteBooleanValue(flag);
                break;
            case int number:
                output.WriteNumberValue(number);
                break;
            case long number:
                output.WriteNumberValue(number);
                break;
            case IGraphQlNode node:
                WriteObject(node, selections);
                break;
            case IEnumerable items:
                WriteList(items, selections);
                break;
            default:
                throw new InvalidOperationException($"A field's value can't be a {value.GetType()}.");
        }
    }

    private void WriteList(IEnumerable items, IReadOnlyList<GraphQlSelection> selections)
    {
        output.WriteStartArray();
        var index = 0;
        foreach (var item in items)
        {
            _path.Add(index++);
            WriteValue(item, selections);
            _path.RemoveAt(_path.Count - 1);
        }

        output.WriteEndArray();
    }

    private List<FieldCall> Collect(SchemaType type, IReadOnlyList<GraphQlSelection> selections)
    {
        var calls = new List<FieldCall>(selections.Count);
        var positions = new Dictionary<string, int>(selections.Count, StringComparer.Ordinal);
        Collect(type, selections, calls, positions);
        return calls;
    }

    private void Collect(SchemaType type, IReadOnlyList<GraphQlSelection> selections, List<FieldCall> calls, Dictionary<string, int> positions)
    {
        foreach (var selection in selections)
        {
            if (IsLeftOut(selection.Directives))
            {
                continue;
            }

            switch (selection)
            {
                case GraphQlField field:
                    AddField(type, field, calls, positions);
                    break;
                case GraphQlInlineFragment inline when inline.TypeCondition is null || type.Is(inline.TypeCondition):
                    Collect(type, inline.Selections, calls, positions);
                    break;
                case GraphQlFragmentSpread spread when document.Fragments[spread.Name] is var fragment && type.Is(fragment.TypeCondition):
                    Collect(type, fragment.Selections, calls, positions);
                    break;
            }
        }
    }

    private void AddField(SchemaType type, GraphQlField field, List<FieldCall> calls, Dictionary<string, int> positions)
    {
        var definition = type.Find(field.Name) ?? throw new InvalidOperationException($"The type {type.Name} has no field {field.Name}.");
        if (positions.TryGetValue(field.ResponseKey, out var position))
        {
            var merged = calls[position].Field with { Selections = [.. calls[position].Field.Selections, .. field.Selections] };
            calls[position] = new FieldCall(merged, definition, variables);
            return;
        }

        positions[field.ResponseKey] = calls.Count;
        calls.Add(new FieldCall(field, definition, variables));
    }

    private bool IsLeftOut(IReadOnlyList<GraphQlDirective> directives)
    {
        foreach (var directive in directives)
        {
            if (GraphQlInput.Substitute(directive.Arguments[0].Value, variables) is bool condition && condition == (directive.Name == "skip"))
            {
                return true;
            }
        }

        return false;
    }
}
