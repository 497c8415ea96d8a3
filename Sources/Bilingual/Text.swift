package import ArgumentParser

/// Words in both languages of the programs.
package struct Text: Sendable, Hashable {
  /// The words in English and in Chinese.
  package let en: String
  package let zh: String

  /// Words in both languages.
  package init(en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  /// Words that are the same in both languages: numbers, codes, names of options.
  package init(_ same: String) { self.init(en: same, zh: same) }

  /// The words in one language.
  package func callAsFunction(_ language: Language) -> String { language == .zh ? zh : en }

  /// Words as help of an option, in the language of the process.
  package var help: ArgumentHelp { ArgumentHelp(stringLiteral: self(.ofProcess)) }
}

/// Help of an option in both languages, shown in that of the process.
package func help(_ en: String, _ zh: String) -> ArgumentHelp { Text(en: en, zh: zh).help }

/// Words of a command's description, in the language of the process.
package func words(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(.ofProcess) }
