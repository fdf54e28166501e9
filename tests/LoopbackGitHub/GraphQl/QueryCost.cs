namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The cost of a query, determined from its text: the nodes that it can return, and points as GitHub counts them.</summary>
internal sealed class QueryCost
{
    private const int RequestsPerPoint = 100;

    private readonly GraphQlSchema _schema;
    private readonly GraphQlDocument _document;
    private readonly IReadOnlyDictionary<string, object?> _variables;
    private long _objects;
    private long _connectionNodes;
    private long _requests;
    private long _repositories;
    private long _lookups;

    private QueryCost(GraphQlSchema schema, GraphQlDocument document, IReadOnlyDictionary<string, object?> variables)
    {
        _schema = schema;
        _document = document;
        _variables = variables;
    }

    /// <summary>The nodes that connections can return: GitHub's <c>nodeCount</c>.</summary>
    public long ConnectionNodes => _connectionNodes;

    /// <summary>The nodes, and one for each repository, ref or object that is requested by name.</summary>
    public long Nodes => _connectionNodes + _objects;

    /// <summary>The lookups by name, whose number makes GitHub give up on a query.</summary>
    public QueryDemand Demand => new(_repositories, _lookups);

    /// <summary>Points: the requests needed for every connection, by the hundred, at least one.</summary>
    public int Points => (int)Math.Max(1, Math.Min(int.MaxValue, (_requests + (RequestsPerPoint / 2)) / RequestsPerPoint));

    public static QueryCost Of(GraphQlSchema schema, GraphQlDocument document, GraphQlOperation operation, IReadOnlyDictionary<string, object?> variables)
    {
        var cost = new QueryCost(schema, document, variables);
        cost.Add(operation.Selections, schema.Query, times: 1);
        return cost;
    }

    private void Add(IReadOnlyList<GraphQlSelection> selections, SchemaType type, long times)
    {
        foreach (var selection in selections)
        {
            switch (selection)
            {
                case GraphQlField field when type.Find(field.Name) is { } definition:
                    AddField(field, type, definition, times);
                    break;
                case GraphQlInlineFragment inline:
                    Add(inline.Selections, inline.TypeCondition is null ? type : _schema.Find(inline.TypeCondition) ?? type, times);
                    break;
                case GraphQlFragmentSpread spread when _document.Fragments.TryGetValue(spread.Name, out var fragment):
                    Add(fragment.Selections, _schema.Find(fragment.TypeCondition) ?? type, times);
                    break;
            }
        }
    }

    private void AddField(GraphQlField field, SchemaType type, SchemaField definition, long times)
    {
        CountDemand(type, definition, times);
        var inner = times;
        if (definition.IsConnection)
        {
            inner = times * Math.Max(0, PageSize(field));
            _connectionNodes += inner;
            _requests += times;
        }
        else if (definition.Type.NamedType is "Repository" or "Ref" or "GitObject" && definition.Arguments.Count > 0)
        {
            _objects += times;
        }

        if (field.Selections.Count > 0)
        {
            Add(field.Selections, _schema.TypeOf(definition), inner);
        }
    }

    private void CountDemand(SchemaType type, SchemaField definition, long times)
    {
        var isByName = definition.Arguments.Count > 0;
        if (isByName && definition.Type.NamedType == "Repository")
        {
            _repositories += times;
        }
        else if ((isByName && definition.Type.NamedType is "Ref" or "GitObject" or "TreeEntry") || (type.Name, definition.Name) is ("TreeEntry", "object"))
        {
            // The text of a query does not determine the length of a list of entries, so the object of its entries is one lookup.
            _lookups += times;
        }
    }

    private long PageSize(GraphQlField field) =>
        field.Arguments.Where(argument => argument.Name is "first" or "last")
            .Select(argument => GraphQlInput.Substitute(argument.Value, _variables))
            .OfType<long>()
            .FirstOrDefault();
}
