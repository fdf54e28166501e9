using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SkillMeat.Collections;

namespace SkillMeat.Server.OpenApi;

/// <summary>Says what values look like that our own converters write.</summary>
internal sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var isNullable = bare != type || schema.Type?.HasFlag(JsonSchemaType.Null) == true ? JsonSchemaType.Null : default;
        if (bare == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | isNullable;
            schema.Format = "date-time";
        }
        else if (bare == typeof(KeyValues))
        {
            schema.Type = JsonSchemaType.Object | isNullable;
        }
        else if (bare.IsEnum)
        {
            schema.Type = JsonSchemaType.String | isNullable;
        }

        return Task.CompletedTask;
    }
}
