using System.Text;
using System.Text.Json;

namespace RePlexOn.Security.Docker;

/// <summary>Reads what <c>docker inspect</c> prints: an array of containers, a single one, or several of these in a row.</summary>
internal static class InspectReader
{
    /// <summary>The containers in the text.</summary>
    /// <param name="json">What was printed.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <exception cref="RePlexOnException"><c>DockerInspectInvalid</c>: it is something else.</exception>
    public static IReadOnlyList<ContainerInspection> Read(string json, string origin)
    {
        var containers = new List<ContainerInspection>();
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            while (reader.Read())
            {
                IReadOnlyList<ContainerInspection?>? next = reader.TokenType == JsonTokenType.StartArray
                    ? JsonSerializer.Deserialize(ref reader, EngineJson.Default.IReadOnlyListContainerInspection)
                    : [JsonSerializer.Deserialize(ref reader, EngineJson.Default.ContainerInspection)];
                foreach (ContainerInspection? one in next ?? [])
                {
                    containers.Add(one is { Name: not null, Config: not null, HostConfig: not null } ? one : throw NoContainer(origin));
                }
            }
        }
        catch (JsonException trouble)
        {
            // Its own text may quote the input, and that holds secrets.
            string line = trouble.LineNumber is { } number ? $", near line {number + 1}" : "";
            throw new RePlexOnException(
                "DockerInspectInvalid", ExitCode.Usage, $"{origin} is not what docker inspect prints{line}.",
                "Give the JSON of `docker inspect CONTAINER`, without --format.");
        }

        return containers.Count > 0 ? containers : throw NoContainer(origin);
    }

    private static RePlexOnException NoContainer(string origin) => new(
        "DockerInspectInvalid", ExitCode.Usage, $"{origin} holds something that is not a container.",
        "Give the JSON of `docker inspect CONTAINER`; that of images, networks and volumes says nothing about containers.");
}
