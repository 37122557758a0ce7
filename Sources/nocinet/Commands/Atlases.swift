import ArgumentParser
import Atlas

/// `nocinet atlas`: which atlases ship, and what one holds.
struct Atlases: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "atlas",
    abstract: "List the built-in atlases, or describe one.",
    subcommands: [List.self, Describe.self]
  )

  /// `nocinet atlas list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the built-in atlases.")

    func run() throws {
      for name in builtInAtlasNames { print(name) }
    }
  }

  /// `nocinet atlas describe NAME`.
  struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print an atlas' regions, a line each: label, name, hemisphere, source."
    )

    @Argument(help: "A built-in name, FILE, or FILE:space=NAME.")
    var name: String

    func run() throws {
      let atlas = try startingOrExit(Console(verbosity: .usual)) { try loadAtlas(name) }
      print("# \(atlas.name), space \(atlas.space), \(atlas.regions.count) regions")
      for region in atlas.regions {
        let words = [
          "\(region.label)", region.name, region.hemisphere.rawValue, region.source ?? "n/a",
        ]
        print(words.joined(separator: "\t"))
      }
    }
  }
}
