namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The part of GitHub's public schema that is served, with its names, arguments and nullability.</summary>
internal sealed class GraphQlSchema
{
    private const string Definition = """
        scalar String  scalar Int  scalar Boolean  scalar ID
        scalar URI  scalar DateTime  scalar GitObjectID  scalar GitTimestamp  scalar Base64String

        type Query {
          node(id: ID!): Node
          rateLimit(dryRun: Boolean = false): RateLimit
          repository(followRenames: Boolean = true, name: String!, owner: String!): Repository
          viewer: User!
        }
        interface Node { id: ID! }
        interface RepositoryOwner { id: ID! login: String! url: URI! resourcePath: URI! }
        type User implements Node & RepositoryOwner { id: ID! login: String! name: String url: URI! resourcePath: URI! }
        type Organization implements Node & RepositoryOwner { id: ID! login: String! name: String url: URI! resourcePath: URI! }
        type RateLimit { cost: Int! limit: Int! nodeCount: Int! remaining: Int! resetAt: DateTime! used: Int! }
        type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

        type Repository implements Node {
          databaseId: Int
          defaultBranchRef: Ref
          description: String
          homepageUrl: URI
          id: ID!
          isArchived: Boolean!
          isDisabled: Boolean!
          isEmpty: Boolean!
          isFork: Boolean!
          isPrivate: Boolean!
          licenseInfo: License
          name: String!
          nameWithOwner: String!
          object(expression: String, oid: GitObjectID): GitObject
          owner: RepositoryOwner!
          ref(qualifiedName: String!): Ref
          refs(after: String, before: String, first: Int, last: Int, query: String, refPrefix: String!): RefConnection
          repositoryTopics(after: String, before: String, first: Int, last: Int): RepositoryTopicConnection!
          resourcePath: URI!
          url: URI!
        }
        type License implements Node { id: ID! key: String! name: String! spdxId: String url: URI }
        type RepositoryTopicConnection { edges: [RepositoryTopicEdge] nodes: [RepositoryTopic] pageInfo: PageInfo! totalCount: Int! }
        type RepositoryTopicEdge { cursor: String! node: RepositoryTopic }
        type RepositoryTopic implements Node { id: ID! topic: Topic! url: URI! resourcePath: URI! }
        type Topic implements Node { id: ID! name: String! }
        type RefConnection { edges: [RefEdge] nodes: [Ref] pageInfo: PageInfo! totalCount: Int! }
        type RefEdge { cursor: String! node: Ref }
        type Ref implements Node { compare(headRef: String!): Comparison id: ID! name: String! prefix: String! repository: Repository! target: GitObject }
        type Comparison implements Node { aheadBy: Int! baseTarget: GitObject! behindBy: Int! headTarget: GitObject! id: ID! }

        interface GitObject {
          abbreviatedOid: String! commitResourcePath: URI! commitUrl: URI! id: ID! oid: GitObjectID! repository: Repository!
        }
        type GitActor { date: GitTimestamp email: String name: String }
        type Commit implements Node & GitObject {
          abbreviatedOid: String! commitResourcePath: URI! commitUrl: URI! id: ID! oid: GitObjectID! repository: Repository!
          author: GitActor
          authoredDate: DateTime!
          committedDate: DateTime!
          committer: GitActor
          file(path: String!): TreeEntry
          message: String!
          messageBody: String!
          messageHeadline: String!
          tree: Tree!
          url: URI!
        }
        type Tree implements Node & GitObject {
          abbreviatedOid: String! commitResourcePath: URI! commitUrl: URI! id: ID! oid: GitObjectID! repository: Repository!
          entries: [TreeEntry!]
        }
        type TreeEntry {
          extension: String
          mode: Int!
          name: String!
          nameRaw: Base64String!
          object: GitObject
          oid: GitObjectID!
          path: String
          pathRaw: Base64String
          repository: Repository!
          size: Int!
          type: String!
        }
        type Blob implements Node & GitObject {
          abbreviatedOid: String! commitResourcePath: URI! commitUrl: URI! id: ID! oid: GitObjectID! repository: Repository!
          byteSize: Int!
          isBinary: Boolean
          isTruncated: Boolean!
          text: String
        }
        type Tag implements Node & GitObject {
          abbreviatedOid: String! commitResourcePath: URI! commitUrl: URI! id: ID! oid: GitObjectID! repository: Repository!
          message: String
          name: String!
          tagger: GitActor
          target: GitObject!
        }
        """;

    private readonly Dictionary<string, SchemaType> _types = GraphQlParser.ParseTypes(Definition).ToDictionary(type => type.Name, StringComparer.Ordinal);

    public SchemaType Query => _types["Query"];

    /// <summary>The type of that name.</summary>
    public SchemaType? Find(string name) => _types.GetValueOrDefault(name);

    /// <summary>The type of a field's value, lists and exclamation marks left off.</summary>
    public SchemaType TypeOf(SchemaField field) => _types[field.Type.NamedType];

    /// <summary>Whether some object can be of both types.</summary>
    public bool Overlap(SchemaType one, SchemaType other) =>
        _types.Values.Any(type => type.Kind == SchemaTypeKind.Object && type.Is(one.Name) && type.Is(other.Name));
}
