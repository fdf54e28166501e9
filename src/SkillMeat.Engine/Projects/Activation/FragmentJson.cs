using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SkillMeat.Projects.Activation;

/// <summary>Serializes JSON nodes without reflection, for the native program.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class FragmentJson : JsonSerializerContext;
