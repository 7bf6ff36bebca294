import AuditModel
import LocalFiles
import Register
import TestSupport
import Testing

@testable import Site

@Suite struct HospitalIndexTests {
  private func index(_ codes: Set<String>) throws -> HospitalIndex {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write(
        "code,names\nA1,OLD TRUST [s]\nA2,NEW TRUST [s]\nA3,OTHER TRUST [s]\nA4,BARE TRUST [s]\n",
        to: "\(folder)/organisations.csv")
      try LocalFiles.write("code,successor,date,source\nA1,A2,2017-04-01,order\n", to: "\(folder)/successors.csv")
      try LocalFiles.write(
        """
        code,name,organisation,opened,closed,postcode,latitude,longitude,coordinates_source,source
        A101,OLD HOSPITAL,A1,,,QA1 1AA,,,,s
        A201,NEW HOSPITAL,A2,,,QA2 2BB,,,,s
        A202,CLOSED HOSPITAL,A2,,2010-01-01,QA2 2CC,,,,s
        A203,A CAR PARK,A2,,,,,,,s
        A301,OTHER HOSPITAL,A3,,,QA3 3CC,,,,s
        A401,BARE INFIRMARY,A4,,,,,,,s
        A402,BARE OFFICE,A4,,,,,,,s

        """, to: "\(folder)/sites.csv")
      let register = try Register.load(folder)
      return HospitalIndex(register, try register.loadSites(), codes: codes, asOf: CalendarDate(iso: "2016-08-31")!)
    }
  }

  @Test func hospitalsOfATrustThatMergedAreFoundByBoth() throws {
    // The round asked the old trust; the register's newest source has a hospital under the new one.
    let asked = try index(["A1"])
    #expect(asked.hospitals.map(\.name) == ["New Hospital", "Old Hospital"])
    #expect(asked.hospitals.map(\.organisations) == [["A1"], ["A1"]])
    #expect(asked.hospitals.map(\.runBy) == ["New Trust", nil])
    // The round asked the new one.
    let after = try index(["A2"])
    #expect(after.hospitals.map(\.name) == ["New Hospital", "Old Hospital"])
    #expect(after.hospitals.map(\.runBy) == [nil, "Old Trust"])
  }

  @Test func closedSitesAndSitesThatAreNoHospitalsAreLeftOut() throws {
    #expect(try index(["A2", "A3"]).of("A2").map(\.name) == ["New Hospital", "Old Hospital"])
    #expect(try index(["A4"]).hospitals.map(\.name) == ["Bare Infirmary"])
    #expect(try index(["A3"]).hospitals.map(\.postcode) == ["QA3 3CC"])
  }
}
