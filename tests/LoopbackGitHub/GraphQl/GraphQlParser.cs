using System.Globalization;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Parses request texts, and the type definitions that <see cref="GraphQlSchema"/> is written in.</summary>
internal sealed class GraphQlParser
{
    // Deeper than any real query, shallower than the stack.
    private const int DeepestNesting = 200;

    private readonly GraphQlLexer _lexer;
    private int _depth;

    private GraphQlParser(string text)
    {
        _lexer = new GraphQlLexer(text);
        _lexer.Advance();
    }

    /// <summary>Parses a request.</summary>
    /// <exception cref="GraphQlSyntaxException">The text is not a valid request.</exception>
    public static GraphQlDocument Parse(string text)
    {
        var parser = new GraphQlParser(text);
        var operations = new List<GraphQlOperation>();
        var fragments = new Dictionary<string, GraphQlFragment>(StringComparer.Ordinal);
        do
        {
            if (parser.IsName("fragment"))
            {
                var fragment = parser.ReadFragment();
                if (!fragments.TryAdd(fragment.Name, fragment))
                {
                    throw new GraphQlSyntaxException($"Fragment name \"{fragment.Name}\" must be unique", fragment.Position);
                }
            }
            else
            {
                operations.Add(parser.ReadOperation());
            }
        }
        while (parser._lexer.Kind != TokenKind.End);
        return new GraphQlDocument(operations, fragments);
    }

    /// <summary>Parses type definitions: objects, interfaces, scalars.</summary>
    public static IReadOnlyList<SchemaType> ParseTypes(string text)
    {
        var parser = new GraphQlParser(text);
        var types = new List<SchemaType>();
        while (parser._lexer.Kind != TokenKind.End)
        {
            types.Add(parser.ReadType());
        }

        return types;
    }

    private bool Is(string punctuator) => _lexer.Kind == TokenKind.Punctuator && _lexer.Value == punctuator;

    private bool IsName(string name) => _lexer.Kind == TokenKind.Name && _lexer.Value == name;

    private bool Take(string punctuator)
    {
        if (!Is(punctuator))
        {
            return false;
        }

        _lexer.Advance();
        return true;
    }

    private void Expect(string punctuator)
    {
        if (!Take(punctuator))
        {
            throw Unexpected($"\"{punctuator}\"");
        }
    }

    private string ReadName()
    {
        if (_lexer.Kind != TokenKind.Name)
        {
            throw Unexpected("NAME");
        }

        var name = _lexer.Value;
        _lexer.Advance();
        return name;
    }

    private GraphQlSyntaxException Unexpected(string expected) => new(
        _lexer.Kind == TokenKind.End ? $"Expected {expected}, actual: end of file" : $"Expected {expected}, actual: \"{_lexer.Value}\"",
        _lexer.Position);

    private GraphQlOperation ReadOperation()
    {
        var position = _lexer.Position;
        if (Is("{"))
        {
            return new GraphQlOperation("query", null, [], [], ReadSelections(), position);
        }

        var kind = ReadName();
        if (kind is not ("query" or "mutation" or "subscription"))
        {
            throw new GraphQlSyntaxException($"Expected one of QUERY, MUTATION, SUBSCRIPTION, actual: \"{kind}\"", position);
        }

        var name = _lexer.Kind == TokenKind.Name ? ReadName() : null;
        var variables = Is("(") ? ReadVariables() : [];
        return new GraphQlOperation(kind, name, variables, ReadDirectives(), ReadSelections(), position);
    }

    private GraphQlFragment ReadFragment()
    {
        var position = _lexer.Position;
        _lexer.Advance();
        var name = IsName("on") ? throw Unexpected("a fragment's name") : ReadName();
        ExpectOn();
        var type = ReadName();
        return new GraphQlFragment(name, type, ReadDirectives(), ReadSelections(), position);
    }

    private void ExpectOn()
    {
        if (!IsName("on"))
        {
            throw Unexpected("\"on\"");
        }

        _lexer.Advance();
    }

    private List<GraphQlVariable> ReadVariables()
    {
        var variables = new List<GraphQlVariable>();
        Expect("(");
        do
        {
            var position = _lexer.Position;
            Expect("$");
            var name = ReadName();
            Expect(":");
            var type = ReadTypeReference();
            var hasDefault = Take("=");
            variables.Add(new GraphQlVariable(name, type, hasDefault, hasDefault ? ReadValue() : null, position));
            ReadDirectives();
        }
        while (!Take(")"));
        return variables;
    }

    private GraphQlType ReadTypeReference()
    {
        GraphQlType type;
        if (Take("["))
        {
            type = new GraphQlType(null, ReadTypeReference(), NonNull: false);
            Expect("]");
        }
        else
        {
            type = new GraphQlType(ReadName(), null, NonNull: false);
        }

        return Take("!") ? type with { NonNull = true } : type;
    }

    private List<GraphQlSelection> ReadSelections()
    {
        var selections = new List<GraphQlSelection>();
        Nest();
        Expect("{");
        do
        {
            selections.Add(Is("...") ? ReadSpread() : ReadField());
        }
        while (!Take("}"));
        _depth--;
        return selections;
    }

    private GraphQlField ReadField()
    {
        var position = _lexer.Position;
        var name = ReadName();
        string? alias = null;
        if (Take(":"))
        {
            alias = name;
            name = ReadName();
        }

        IReadOnlyList<GraphQlArgument> arguments = Is("(") ? ReadArguments() : [];
        var directives = ReadDirectives();
        return new GraphQlField(alias, name, arguments, directives, Is("{") ? ReadSelections() : [], position);
    }

    private GraphQlSelection ReadSpread()
    {
        var position = _lexer.Position;
        Expect("...");
        if (_lexer.Kind == TokenKind.Name && _lexer.Value != "on")
        {
            var name = ReadName();
            return new GraphQlFragmentSpread(name, ReadDirectives(), position);
        }

        string? type = null;
        if (IsName("on"))
        {
            _lexer.Advance();
            type = ReadName();
        }

        var directives = ReadDirectives();
        return new GraphQlInlineFragment(type, directives, ReadSelections(), position);
    }

    private List<GraphQlArgument> ReadArguments()
    {
        var arguments = new List<GraphQlArgument>(2);
        Expect("(");
        do
        {
            var position = _lexer.Position;
            var name = ReadName();
            Expect(":");
            arguments.Add(new GraphQlArgument(name, ReadValue(), position));
        }
        while (!Take(")"));
        return arguments;
    }

    private GraphQlDirective[] ReadDirectives()
    {
        if (!Is("@"))
        {
            return [];
        }

        var directives = new List<GraphQlDirective>(1);
        while (Is("@"))
        {
            var position = _lexer.Position;
            _lexer.Advance();
            var name = ReadName();
            directives.Add(new GraphQlDirective(name, Is("(") ? ReadArguments() : [], position));
        }

        return [.. directives];
    }

    private object? ReadValue()
    {
        var text = _lexer.Value;
        switch (_lexer.Kind)
        {
            case TokenKind.Text:
                _lexer.Advance();
                return text;
            case TokenKind.Integer:
                var position = _lexer.Position;
                _lexer.Advance();
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new GraphQlSyntaxException($"The number {text} is too large", position);
            case TokenKind.Float:
                _lexer.Advance();
                return double.Parse(text, CultureInfo.InvariantCulture);
            case TokenKind.Name:
                _lexer.Advance();
                return text switch { "true" => true, "false" => false, "null" => null, _ => new EnumLiteral(text) };
            case TokenKind.Punctuator when text == "$":
                _lexer.Advance();
                return new VariableReference(ReadName());
            case TokenKind.Punctuator when text == "[":
                return ReadList();
            case TokenKind.Punctuator when text == "{":
                return ReadObject();
            default:
                throw Unexpected("a value");
        }
    }

    private List<object?> ReadList()
    {
        var list = new List<object?>();
        Nest();
        Expect("[");
        while (!Take("]"))
        {
            list.Add(ReadValue());
        }

        _depth--;
        return list;
    }

    private Dictionary<string, object?> ReadObject()
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        Nest();
        Expect("{");
        while (!Take("}"))
        {
            var name = ReadName();
            Expect(":");
            fields[name] = ReadValue();
        }

        _depth--;
        return fields;
    }

    private void Nest()
    {
        if (++_depth > DeepestNesting)
        {
            throw new GraphQlSyntaxException("Query is nested too deeply", _lexer.Position);
        }
    }

    private SchemaType ReadType()
    {
        var keyword = ReadName();
        var name = ReadName();
        if (keyword == "scalar")
        {
            return new SchemaType(name, SchemaTypeKind.Scalar, [], []);
        }

        var interfaces = new List<string>();
        if (IsName("implements"))
        {
            _lexer.Advance();
            do
            {
                interfaces.Add(ReadName());
            }
            while (Take("&"));
        }

        var fields = new List<SchemaField>();
        Expect("{");
        while (!Take("}"))
        {
            fields.Add(ReadFieldDefinition());
        }

        return new SchemaType(name, keyword == "interface" ? SchemaTypeKind.Interface : SchemaTypeKind.Object, interfaces, fields);
    }

    private SchemaField ReadFieldDefinition()
    {
        var name = ReadName();
        var arguments = new List<SchemaArgument>();
        if (Take("("))
        {
            do
            {
                var argument = ReadName();
                Expect(":");
                var type = ReadTypeReference();
                var hasDefault = Take("=");
                arguments.Add(new SchemaArgument(argument, type, hasDefault, hasDefault ? ReadValue() : null));
            }
            while (!Take(")"));
        }

        Expect(":");
        return new SchemaField(name, ReadTypeReference(), arguments);
    }
}
